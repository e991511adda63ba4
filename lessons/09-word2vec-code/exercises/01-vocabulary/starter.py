"""The words of a text and how often each occurs."""

from collections import Counter


def vocabulary(sentences, least):
    """The words that occur `least` times or more, and their counts."""
    raise NotImplementedError

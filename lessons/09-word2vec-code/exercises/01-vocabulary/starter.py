"""The words of a text and how often each occurs."""

from collections import Counter


def vocabulary(sentences, least):
    """The words, the most frequent first, and their counts."""
    raise NotImplementedError

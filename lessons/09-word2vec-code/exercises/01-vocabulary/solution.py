"""The words of a text and how often each occurs."""

from collections import Counter


def vocabulary(sentences, least):
    """The words that occur `least` times or more, and their counts."""
    counts = Counter(word for sentence in sentences for word in sentence)
    words = sorted((word for word in counts if counts[word] >= least), key=lambda word: (-counts[word], word))
    return words, [counts[word] for word in words]

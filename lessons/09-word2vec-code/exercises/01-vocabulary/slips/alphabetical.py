"""The words stand in alphabetical order; the most frequent are to come first."""

from collections import Counter


def vocabulary(sentences, least):
    counts = Counter(word for sentence in sentences for word in sentence)
    words = sorted(word for word in counts if counts[word] >= least)
    return words, [counts[word] for word in words]

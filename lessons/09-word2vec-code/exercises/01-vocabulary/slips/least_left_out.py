"""Rare words are in it: those that occur less than `least` times are to be left out."""

from collections import Counter


def vocabulary(sentences, least):
    counts = Counter(word for sentence in sentences for word in sentence)
    words = sorted(counts, key=lambda word: (-counts[word], word))
    return words, [counts[word] for word in words]

"""Sentences are counted, and not places: a word that stands twice in a sentence counts twice."""

from collections import Counter


def vocabulary(sentences, least):
    counts = Counter(word for sentence in sentences for word in set(sentence))
    words = sorted((word for word in counts if counts[word] >= least), key=lambda word: (-counts[word], word))
    return words, [counts[word] for word in words]

"""A word that occurs just `least` times is left out; at least means that it stays, `>=`."""

from collections import Counter


def vocabulary(sentences, least):
    counts = Counter(word for sentence in sentences for word in sentence)
    words = sorted((word for word in counts if counts[word] > least), key=lambda word: (-counts[word], word))
    return words, [counts[word] for word in words]

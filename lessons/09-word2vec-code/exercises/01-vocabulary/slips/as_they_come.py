"""Equally frequent words stand as they come in the text; they are to be in alphabetical order."""

from collections import Counter


def vocabulary(sentences, least):
    counts = Counter(word for sentence in sentences for word in sentence)
    kept = [(word, count) for word, count in counts.most_common() if count >= least]
    return [word for word, _ in kept], [count for _, count in kept]

"""The order is turned round as a whole, the alphabet's too: `reverse=True` goes for both. A minus before the
count turns the count alone.
"""

from collections import Counter


def vocabulary(sentences, least):
    counts = Counter(word for sentence in sentences for word in sentence)
    words = sorted((word for word in counts if counts[word] >= least), key=lambda w: (counts[w], w), reverse=True)
    return words, [counts[word] for word in words]

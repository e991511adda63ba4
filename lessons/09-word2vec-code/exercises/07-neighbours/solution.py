"""The words that are nearest to a word."""

import numpy as np


def neighbours(word, words, vectors, most):
    """The `most` words with the largest cosine, the nearest first."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit[words.index(word)]
    nearest = [words[place] for place in np.argsort(-cosines)]
    return [other for other in nearest if other != word][:most]

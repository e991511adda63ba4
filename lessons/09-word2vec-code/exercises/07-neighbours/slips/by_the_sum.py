"""The rows are divided by their sums; a vector's length is the root of the sum of its squares."""

import numpy as np


def neighbours(word, words, vectors, most):
    unit = vectors / vectors.sum(axis=1, keepdims=True)
    cosines = unit @ unit[words.index(word)]
    nearest = [words[place] for place in np.argsort(-cosines)]
    return [other for other in nearest if other != word][:most]

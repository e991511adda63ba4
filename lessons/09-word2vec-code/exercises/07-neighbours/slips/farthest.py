"""The farthest come first: `argsort` sorts upwards, so sort −cosine."""

import numpy as np


def neighbours(word, words, vectors, most):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit[words.index(word)]
    nearest = [words[place] for place in np.argsort(cosines)]
    return [other for other in nearest if other != word][:most]

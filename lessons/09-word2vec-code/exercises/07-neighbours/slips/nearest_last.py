"""These are the nearest, but the nearest comes last: `argsort` sorts upwards, so turn them round, `[::-1]`."""

import numpy as np


def neighbours(word, words, vectors, most):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit[words.index(word)]
    nearest = [words[place] for place in np.argsort(cosines)]
    return [other for other in nearest if other != word][-most:]

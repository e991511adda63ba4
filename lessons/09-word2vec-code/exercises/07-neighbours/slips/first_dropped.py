"""The order is upwards and the first is dropped, so the nearest stand at the end and the word itself is among them."""

import numpy as np


def neighbours(word, words, vectors, most):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit[words.index(word)]
    nearest = [words[place] for place in np.argsort(cosines)]
    return nearest[1 : most + 1]

"""This is the distance between the points, which depends on their lengths; the cosine goes by the angle alone."""

import numpy as np


def neighbours(word, words, vectors, most):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = -np.linalg.norm(vectors - vectors[words.index(word)], axis=1)
    nearest = [words[place] for place in np.argsort(-cosines)]
    return [other for other in nearest if other != word][:most]

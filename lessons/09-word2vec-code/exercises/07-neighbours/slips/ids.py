"""These are ids; the words are wanted, `words[id]`."""

import numpy as np


def neighbours(word, words, vectors, most):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit[words.index(word)]
    nearest = [place for place in np.argsort(-cosines) if words[place] != word]
    return nearest[:most]

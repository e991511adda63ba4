"""Without its sign a cosine takes the opposite for near: −1 is as far as can be."""

import numpy as np


def neighbours(word, words, vectors, most):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit[words.index(word)]
    nearest = [words[place] for place in np.argsort(-abs(cosines))]
    return [other for other in nearest if other != word][:most]

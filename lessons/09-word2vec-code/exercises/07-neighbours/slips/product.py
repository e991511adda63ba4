"""This is the product u·v, which grows with a vector's length; the cosine divides by both lengths."""

import numpy as np


def neighbours(word, words, vectors, most):
    unit = vectors
    cosines = unit @ unit[words.index(word)]
    nearest = [words[place] for place in np.argsort(-cosines)]
    return [other for other in nearest if other != word][:most]

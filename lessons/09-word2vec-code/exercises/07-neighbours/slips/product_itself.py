"""This is the product u·v, which grows with a vector's length, and the word itself is among its neighbours: divide by
both lengths, and leave it out.
"""

import numpy as np


def neighbours(word, words, vectors, most):
    unit = vectors
    cosines = unit @ unit[words.index(word)]
    nearest = [words[place] for place in np.argsort(-cosines)]
    return nearest[:most]

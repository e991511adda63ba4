"""The columns are divided by their lengths, not the rows: a word is a row, `axis=1` with `keepdims=True`."""

import numpy as np


def neighbours(word, words, vectors, most):
    unit = vectors / np.linalg.norm(vectors, axis=0, keepdims=True)
    cosines = unit @ unit[words.index(word)]
    nearest = [words[place] for place in np.argsort(-cosines)]
    return [other for other in nearest if other != word][:most]

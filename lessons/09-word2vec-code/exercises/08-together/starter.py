"""Word2vec, of the pieces that you wrote."""

import numpy as np
from noise import draw, noise
from pairs import pairs
from subsampling import keep, thin
from training import train
from update import update
from vocabulary import vocabulary


def word2vec(sentences, least, threshold, window, negatives, dimensions, rate, epochs):
    """The words of a text and their vectors, (words, dimensions)."""
    words, counts = vocabulary(sentences, least)
    raise NotImplementedError

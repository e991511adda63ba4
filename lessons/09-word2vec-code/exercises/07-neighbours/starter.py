"""The words that are nearest to a word."""

import numpy as np


def neighbours(word, words, vectors, most):
    """The `most` words with the largest cosine, the nearest first."""
    raise NotImplementedError

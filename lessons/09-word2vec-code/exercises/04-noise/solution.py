"""What noise words are drawn from, and how."""

import numpy as np


def noise(counts):
    """The probability of each word to be drawn as noise."""
    raised = np.asarray(counts) ** 0.75
    return raised / raised.sum()


def draw(chances, numbers):
    """The word that each of the random numbers stands for."""
    return np.searchsorted(np.cumsum(chances), numbers)

"""They are not divided by their sum: probabilities add up to 1."""

import numpy as np


def noise(counts):
    raised = np.asarray(counts) ** 0.75
    return raised


def draw(chances, numbers):
    return np.searchsorted(np.cumsum(chances), numbers)

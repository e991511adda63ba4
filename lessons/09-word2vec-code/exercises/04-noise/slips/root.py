"""This is the square root, the power 0.5; it is 0.75."""

import numpy as np


def noise(counts):
    raised = np.asarray(counts) ** 0.5
    return raised / raised.sum()


def draw(chances, numbers):
    return np.searchsorted(np.cumsum(chances), numbers)

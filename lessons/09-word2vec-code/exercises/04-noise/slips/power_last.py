"""The power comes after the division, so they no longer add up to 1: raise the counts, then divide by the sum of
that.
"""

import numpy as np


def noise(counts):
    return (np.asarray(counts) / np.sum(counts)) ** 0.75


def draw(chances, numbers):
    return np.searchsorted(np.cumsum(chances), numbers)

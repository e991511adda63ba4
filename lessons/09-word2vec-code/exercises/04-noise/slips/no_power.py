"""The power is left out: these are the shares themselves; the counts are raised to 0.75 first."""

import numpy as np


def noise(counts):
    raised = np.asarray(counts)
    return raised / raised.sum()


def draw(chances, numbers):
    return np.searchsorted(np.cumsum(chances), numbers)

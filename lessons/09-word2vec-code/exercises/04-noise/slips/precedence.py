"""`** 3 / 4` is the power 3, divided by 4: write `** 0.75` or `** (3 / 4)`."""

import numpy as np


def noise(counts):
    raised = np.asarray(counts) ** 3 / 4
    return raised / raised.sum()


def draw(chances, numbers):
    return np.searchsorted(np.cumsum(chances), numbers)

"""`draw` is one word too far: what is found is the place of the first end that lies beyond the number."""

import numpy as np


def noise(counts):
    raised = np.asarray(counts) ** 0.75
    return raised / raised.sum()


def draw(chances, numbers):
    return np.searchsorted(np.cumsum(chances), numbers) + 1

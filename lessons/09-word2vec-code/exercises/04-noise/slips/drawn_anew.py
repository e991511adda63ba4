"""`draw` draws by itself and does not look at `numbers`: each of them decides which word it falls on."""

import numpy as np


def noise(counts):
    raised = np.asarray(counts) ** 0.75
    return raised / raised.sum()


def draw(chances, numbers):
    return np.random.choice(len(chances), size=len(numbers), p=chances)

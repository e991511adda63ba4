"""`draw` takes all words as equally probable; each is as long as its probability."""

import numpy as np


def noise(counts):
    raised = np.asarray(counts) ** 0.75
    return raised / raised.sum()


def draw(chances, numbers):
    return (np.asarray(numbers) * len(chances)).astype(int)

"""Cut a series into all its windows, without those that reach into what is held out."""

import numpy as np


def batch(series, steps, held):
    """Inputs and targets, each of the shape (windows, steps, 1)."""
    known = series[:-held]
    pieces = np.array([known[start : start + steps + 1] for start in range(len(known) - steps)])
    pieces = pieces.reshape(-1, steps + 1, 1)
    return pieces[:, :-1], pieces[:, 1:]

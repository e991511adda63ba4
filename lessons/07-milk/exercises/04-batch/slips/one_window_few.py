"""The last window is missing: `range` stops before its end, so nothing more is to be taken off."""

import numpy as np


def batch(series, steps, held):
    known = series[:-held]
    pieces = np.array([known[i : i + steps + 1] for i in range(len(known) - steps - 1)])[:, :, None]
    return pieces[:, :-1], pieces[:, 1:]

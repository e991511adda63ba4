"""The windows stand side by side; each is to begin one step after the one before it."""

import numpy as np


def batch(series, steps, held):
    known = series[:-held]
    pieces = np.array([known[i : i + steps + 1] for i in range(0, len(known) - steps, steps)])[:, :, None]
    return pieces[:, :-1], pieces[:, 1:]

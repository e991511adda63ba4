"""The last two axes are swapped: a window is `steps` steps of one value each, (windows, steps, 1)."""

import numpy as np


def batch(series, steps, held):
    known = series[:-held]
    pieces = np.array([known[start : start + steps + 1] for start in range(len(known) - steps)])[:, :, None]
    return pieces[:, :-1].transpose(0, 2, 1), pieces[:, 1:].transpose(0, 2, 1)

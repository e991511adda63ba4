"""The axes are swapped: the first is to count the windows and the second the steps, (windows, steps, 1)."""

import numpy as np


def batch(series, steps, held):
    known = series[:-held]
    pieces = np.array([known[start : start + steps + 1] for start in range(len(known) - steps)])[:, :, None]
    return pieces[:, :-1].transpose(1, 0, 2), pieces[:, 1:].transpose(1, 0, 2)

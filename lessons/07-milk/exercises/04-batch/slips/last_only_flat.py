"""Each window has one target, the value after it; each of its steps is to have one."""

import numpy as np


def batch(series, steps, held):
    known = series[:-held]
    pieces = np.array([known[start : start + steps + 1] for start in range(len(known) - steps)])[:, :, None]
    return pieces[:, :-1], pieces[:, -1, 0]

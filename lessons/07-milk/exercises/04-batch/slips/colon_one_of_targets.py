"""The targets are taken from the wrong side of each piece: `[:, :1]` is its first value, `[:, 1:]` all but the
first.
"""

import numpy as np


def batch(series, steps, held):
    known = series[:-held]
    pieces = np.array([known[start : start + steps + 1] for start in range(len(known) - steps)])[:, :, None]
    return pieces[:, :-1], pieces[:, :1]

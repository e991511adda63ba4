"""Inputs and targets are swapped: the targets are to be the later ones."""

import numpy as np


def batch(series, steps, held):
    known = series[:-held]
    pieces = np.array([known[start : start + steps + 1] for start in range(len(known) - steps)])[:, :, None]
    return pieces[:, 1:], pieces[:, :-1]

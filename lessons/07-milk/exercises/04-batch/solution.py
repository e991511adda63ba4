"""Cut a series into its windows; none reaches what is held out."""

import numpy as np


def batch(series, steps, held):
    """Inputs and targets, each of the shape (windows, steps, 1)."""
    known = series[:-held]
    starts = range(len(known) - steps)
    pieces = np.array([known[i : i + steps + 1] for i in starts])[:, :, None]
    return pieces[:, :-1], pieces[:, 1:]

"""The last target is a held-out month: the window may end at the last month that is known, and so has no target
there.
"""

import numpy as np


def batch(series, steps, held):
    starts = range(len(series) - held - steps + 1)
    pieces = np.array([series[start : start + steps + 1] for start in starts])[:, :, None]
    return pieces[:, :-1], pieces[:, 1:]

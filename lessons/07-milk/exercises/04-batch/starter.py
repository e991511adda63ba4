"""Cut a series into its windows; none reaches what is held out."""

import numpy as np


def batch(series, steps, held):
    """Inputs and targets, each of the shape (windows, steps, 1)."""
    raise NotImplementedError

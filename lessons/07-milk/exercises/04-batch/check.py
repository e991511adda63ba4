"""Batches of series whose values say where they stood."""

import numpy as np

from tuilab.exercises.probing import parts


def _batch(batch, length, steps, held):
    return parts(batch(np.arange(length) * 10.0, steps, held), "the inputs", "the targets")


def probe_small(batch):
    """batch(0, 10, ... 110, steps=3, held=2)"""
    return _batch(batch, 12, 3, 2)


def probe_year(batch):
    """batch(0, 10, ... 590, steps=12, held=12)"""
    return _batch(batch, 60, 12, 12)


def probe_square(batch):
    """batch(0, 10, ... 130, steps=4, held=1)"""
    return _batch(batch, 14, 4, 1)

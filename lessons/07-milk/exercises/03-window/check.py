"""Windows of a series whose values say where they stood."""

import numpy as np

from tuilab.exercises.probing import parts


def _window(window, length, start, steps):
    return parts(window(np.arange(length) * 10.0, start, steps), "the inputs", "the targets")


def probe_third(window):
    """window(0, 10, 20, ... 390, start=3, steps=4)"""
    return _window(window, 40, 3, 4)


def probe_first(window):
    """window(0, 10, 20, ... 390, start=0, steps=5)"""
    return _window(window, 40, 0, 5)


def probe_year(window):
    """window(0, 10, 20, ... 990, start=7, steps=12)"""
    return _window(window, 100, 7, 12)


def probe_two(window):
    """window(0, 10, 20, ... 190, start=5, steps=2)"""
    return _window(window, 20, 5, 2)

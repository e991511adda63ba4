"""The real file, a small one, and splits of numbers that say where they stood."""

from pathlib import Path

import numpy as np

from tuilab.exercises.probing import Told, parts


def _numbers(found):
    if any(isinstance(each, str) for each in (found if isinstance(found, list | tuple | np.ndarray) else ())):
        raise Told("gives texts, and numbers are expected.")
    return found


def probe_milk(load):
    """load("milk.csv")"""
    return _numbers(load("milk.csv"))


def probe_small(load):
    """load of a file with the rows 2001-01,3.5 and 2001-02,4"""
    Path("small.csv").write_text("month,pounds\n2001-01,3.5\n2001-02,4\n")
    return _numbers(load("small.csv"))


def probe_split(split):
    """split(the numbers 0 to 9, held=3)"""
    return parts(split(np.arange(10.0), 3), "what is trained on", "what is held out")


def probe_year(split):
    """split(the numbers 0 to 29, held=12)"""
    return parts(split(np.arange(30.0), 12), "what is trained on", "what is held out")

"""Series whose extremes lie in one part or the other."""

import numpy as np

from tuilab.exercises.probing import parts


def _both(found):
    return parts(found, "the training months", "the months held out")


def probe_rising(scale):
    """scale(train 100, 150, 200; test 180, 260)"""
    return _both(scale(np.array([100.0, 150.0, 200.0]), np.array([180.0, 260.0])))


def probe_falling(scale):
    """scale(train 9, 5, 7, 8; test 4, 6, 2)"""
    return _both(scale(np.array([9.0, 5.0, 7.0, 8.0]), np.array([4.0, 6.0, 2.0])))


def probe_negative(scale):
    """scale(train -2, 0, 2; test 1, -1)"""
    return _both(scale(np.array([-2.0, 0.0, 2.0]), np.array([1.0, -1.0])))

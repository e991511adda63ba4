"""Scaled values within 0 to 1 and beyond, and training months that are not in order."""

import numpy as np


def probe_within(pounds):
    """pounds(0, 0.5, 1; train 600, 500, 900)"""
    return pounds(np.array([0.0, 0.5, 1.0]), np.array([600.0, 500.0, 900.0]))


def probe_beyond(pounds):
    """pounds(0.2, 1.25, -0.5, 0.9; train 10, 30, 20, 70)"""
    return pounds(np.array([0.2, 1.25, -0.5, 0.9]), np.array([10.0, 30.0, 20.0, 70.0]))

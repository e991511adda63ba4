"""Counts far apart, and numbers that fall on words of different lengths."""

import numpy as np


def probe_noise(noise):
    """noise([1000, 100, 10, 1])"""
    return {"the probabilities": noise(np.array([1000, 100, 10, 1]))}


def probe_other(noise):
    """noise([16, 81, 1])"""
    return {"the probabilities": noise(np.array([16, 81, 1]))}


def probe_draw(draw):
    """draw(chances=[0.1, 0.5, 0.15, 0.25], numbers=[0.05, 0.7, 0.3, 0.99, 0.12, 0.76, 0.55])"""
    numbers = np.array([0.05, 0.7, 0.3, 0.99, 0.12, 0.76, 0.55])
    return {"the ids": draw(np.array([0.1, 0.5, 0.15, 0.25]), numbers)}

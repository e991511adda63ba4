"""Counts far apart, and numbers that fall on words of different lengths."""

import numpy as np

AGAIN = 9  # times: who draws by chance hardly draws the same each time


def probe_noise(noise):
    """noise([1000, 100, 10, 1])"""
    return {"the probabilities": noise(np.array([1000, 100, 10, 1]))}


def probe_other(noise):
    """noise([16, 81, 1])"""
    return {"the probabilities": noise(np.array([16, 81, 1]))}


def probe_draw(draw):
    """draw(chances=[0.1, 0.5, 0.15, 0.25], numbers=[0.05, 0.7, 0.3, 0.99, 0.12, 0.76, 0.55])"""
    numbers = np.array([0.05, 0.7, 0.3, 0.99, 0.12, 0.76, 0.55])
    found = [draw(np.array([0.1, 0.5, 0.15, 0.25]), numbers) for _ in range(AGAIN)]
    if not all(np.array_equal(each, found[0]) for each in found):
        return {"the same numbers give the same ids": False}
    return {"the same numbers give the same ids": True, "the ids": found[0]}

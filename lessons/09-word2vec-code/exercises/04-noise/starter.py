"""What noise words are drawn from, and how."""

import numpy as np


def noise(counts):
    """The probability of each word to be drawn as noise."""
    raise NotImplementedError


def draw(chances, numbers):
    """The word that each of the random numbers stands for."""
    raise NotImplementedError

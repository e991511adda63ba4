"""Seven words in two dimensions, by angle and length, so that near, large and like are not the same."""

import numpy as np

from tuilab.exercises.probing import items

WORDS = ["ant", "bee", "cat", "dog", "eel", "fox", "gnu"]
ANGLES = np.radians([0, 24, 61, -36, 175, -97, 12])
LENGTHS = np.array([1.0, 5.0, 0.4, 2.0, 1.2, 0.9, 0.3])
VECTORS = LENGTHS[:, None] * np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)


def _nearest(neighbours, word, most):
    given = items(neighbours(word, list(WORDS), VECTORS.copy(), most))
    found = [getattr(each, "item", lambda each=each: each)() for each in given]
    return {"how many": len(found), "the words": " ".join(map(str, found))}


def probe_first(neighbours):
    """neighbours('ant', [ant, bee, cat, ...], 7 vectors, most=3)"""
    return _nearest(neighbours, "ant", 3)


def probe_all(neighbours):
    """neighbours('dog', [ant, bee, cat, ...], 7 vectors, most=6)"""
    return _nearest(neighbours, "dog", 6)


def probe_short(neighbours):
    """neighbours('cat', [ant, bee, cat, ...], 7 vectors, most=2)"""
    return _nearest(neighbours, "cat", 2)

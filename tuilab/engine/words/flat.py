"""Words as points in two dimensions by principal component analysis."""

from typing import NamedTuple

import numpy as np


class Flat(NamedTuple):
    """Points, (words, 2) float64, and the share of the variance that each of the two axes tells, (2,)."""

    points: np.ndarray
    shares: np.ndarray


def pca(rows: np.ndarray) -> Flat:
    """The two directions in which rows, (words, dimensions), differ most from their mean, and the rows along them.

    Of each direction and its opposite the one is taken whose largest part is positive. Where there is only one
    direction the second axis is zero.
    """
    centred = np.asarray(rows, dtype=np.float64) - np.mean(rows, axis=0, dtype=np.float64)
    left, sizes, directions = np.linalg.svd(centred, full_matrices=False)
    largest = directions[np.arange(len(directions)), np.abs(directions).argmax(axis=1)]
    along = left * sizes * np.where(largest < 0, -1.0, 1.0)
    points, shares = np.zeros((len(centred), 2)), np.zeros(2)
    total = float((sizes**2).sum())
    axes = min(2, len(sizes))
    points[:, :axes] = along[:, :axes]
    shares[:axes] = sizes[:axes] ** 2 / total if total else 0.0
    return Flat(points, shares)

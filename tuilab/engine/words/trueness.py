"""How true a map in two dimensions is to the vectors it was made of."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

MOST_NEIGHBOURS = 10
FAR = 0.1  # beyond this share of all words a word counts as far
_ROWS = 256  # looked at together, so that they stay in the processor's cache


class Nearest(NamedTuple):
    """The true neighbours of words among themselves, the nearest first.

    `ids` and `cosines` are (words, neighbours); `limits`, (words,), are the cosines below which a word is far.
    """

    ids: np.ndarray
    cosines: np.ndarray
    limits: np.ndarray


class Trueness(NamedTuple):
    """How true a map is, for each word, (words,) each.

    `kept` counts its true neighbours that are also among as many nearest on the map. `torn` says that its nearest true
    neighbour is far from it on the map. `false` is the word nearest to it on the map where that is truly far, else -1.
    Far is what is beyond the nearest tenth of all words, or beyond as many words as neighbours are looked at.
    """

    kept: np.ndarray
    torn: np.ndarray
    false: np.ndarray


def looked_at(words: int) -> int:
    """How many neighbours of each word are compared: ten, fewer where there are not three times as many others."""
    return min(MOST_NEIGHBOURS, max(1, (words - 1) // 3))


def by_chance(words: int) -> float:
    """The share of true neighbours that a map of points thrown at random keeps, on average."""
    return looked_at(words) / (words - 1)


def nearest(unit: np.ndarray) -> Nearest:
    """The true neighbours of unit rows, (words, dimensions), by their cosines; of equal ones the smaller id first."""
    words = len(unit)
    ids = np.empty((words, looked_at(words)), dtype=np.int64)
    cosines, limits = np.empty(ids.shape, dtype=np.float32), np.empty(words, dtype=np.float32)
    for rows in _blocks(words):
        here = unit[rows] @ unit.T
        here[np.arange(len(here)), np.arange(words)[rows]] = -np.inf
        limits[rows] = np.partition(here, words - _far(words), axis=1)[:, words - _far(words)]
        for row, word in enumerate(range(words)[rows]):
            near = np.flatnonzero(here[row] >= limits[word])
            ids[word] = near[np.argsort(-here[row, near], kind="stable")[: ids.shape[1]]]
        cosines[rows] = np.take_along_axis(here, ids[rows], axis=1)
    return Nearest(ids, cosines, limits)


def judge(unit: np.ndarray, true: Nearest, points: np.ndarray) -> Trueness:
    """Hold a map, (words, 2), against the true neighbours of its words."""
    words, neighbours = true.ids.shape
    kept, torn = np.empty(words, dtype=np.int64), np.empty(words, dtype=bool)
    found = np.empty(words, dtype=np.int64)
    x, y = np.asarray(points, dtype=np.float32).T
    for rows in _blocks(words):
        distances = (x[rows, None] - x) ** 2 + (y[rows, None] - y) ** 2
        distances[np.arange(len(distances)), np.arange(words)[rows]] = np.inf
        found[rows] = distances.argmin(axis=1)
        there = np.take_along_axis(distances, true.ids[rows], axis=1)
        last = np.partition(distances, neighbours - 1, axis=1)[:, neighbours - 1, None]
        kept[rows] = (there <= last).sum(axis=1)
        torn[rows] = (distances < there[:, :1]).sum(axis=1) >= _far(words)
    cosines = np.einsum("ij,ij->i", unit, unit[found])
    return Trueness(kept, torn, np.where(cosines < true.limits, found, -1))


def _far(words: int) -> int:
    """Of how many nearest words a word has to be one so as not to be far."""
    return max(looked_at(words), int(np.ceil(FAR * words)))


def _blocks(words: int) -> Iterator[slice]:
    return (slice(first, first + _ROWS) for first in range(0, words, _ROWS))

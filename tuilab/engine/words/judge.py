"""How good vectors are: analogies that come out right, and cosines that go with what people say.

Quick enough to be asked again and again while they are trained.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

CELLS = 1 << 23  # cosines held at a time: 32 MiB
Find = Callable[[str], int | None]


class Analogies(NamedTuple):
    """How many questions were right, of those asked; `skipped` have a word that is not in the vocabulary."""

    right: int
    asked: int
    skipped: int

    @property
    def share(self) -> float | None:
        """The share that is right; None where none could be asked."""
        return self.right / self.asked if self.asked else None


class Similarity(NamedTuple):
    """Spearman's correlation of cosines with what people said, of `pairs`; None where there are too few to tell."""

    correlation: float | None
    pairs: int
    skipped: int


def judge_analogies(unit: np.ndarray, find: Find, questions: Iterable[Sequence[str]]) -> Analogies:
    """Ask `a is to b as c is to d`: right where d is nearest to b - a + c, the three words asked with left out.

    `unit` is (words, dimensions) float32, `find` gives a word's id or None; of equally near words the first counts.
    """
    known, skipped = list[list[int]](), 0
    for question in questions:
        four = [id for word in question if (id := find(word)) is not None]
        if len(four) == 4:
            known.append(four)
        else:
            skipped += 1
    ids, right = np.array(known, dtype=np.int64).reshape(-1, 4), 0
    size = max(1, CELLS // max(1, len(unit)))
    for first in range(0, len(ids), size):
        a, b, c, d = ids[first : first + size].T
        cosines = (unit[b] - unit[a] + unit[c]) @ unit.T  # not of length one: the order is the same
        rows = np.arange(len(a))
        for asked in (a, b, c):
            cosines[rows, asked] = -np.inf
        right += int((cosines.argmax(axis=1) == d).sum())
    return Analogies(right, len(ids), skipped)


def judge_similarity(unit: np.ndarray, find: Find, pairs: Iterable[tuple[str, str, float]]) -> Similarity:
    """Hold the cosines of pairs of words against a human's scores; `unit` and `find` as above."""
    known, skipped = list[tuple[int, int, float]](), 0
    for first, second, score in pairs:
        one, other = find(first), find(second)
        if one is None or other is None:
            skipped += 1
        else:
            known.append((one, other, score))
    if not known:
        return Similarity(None, 0, skipped)
    ones, others, scores = (np.array(column) for column in zip(*known, strict=True))
    cosines = np.einsum("ij,ij->i", unit[ones], unit[others])
    return Similarity(spearman(cosines, scores), len(known), skipped)


def spearman(x: np.ndarray, y: np.ndarray) -> float | None:
    """Spearman's rank correlation: Pearson's of the ranks; None where one side does not vary."""
    a, b = (each - each.mean() for each in (ranks(x), ranks(y)))
    length = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / length if length else None


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1, (n,) float64; equal values share the mean of theirs."""
    _, place, counts = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    last = counts.cumsum()
    return (last - (counts - 1) / 2)[place]

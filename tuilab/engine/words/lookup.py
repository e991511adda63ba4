"""Looking vectors up: neighbours, sums and differences of words, the odd one out, how parallel directions are.

Everything here is numpy on unit rows, (words, dimensions) float32: rows of length one, so that a product of two is
their cosine. They may lie in a file that is mapped into memory and can only be read.

Mikolov, Yih, Zweig (2013), "Linguistic regularities in continuous space word representations", has the sums; Levy and
Goldberg (2014), "Linguistic regularities in sparse and explicit word representations", call them 3CosAdd.
"""

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

THREADS, LARGE = 2, 1 << 23  # threads for rows of so many numbers together
_TINY = 1e-6  # a sum of unit vectors that is shorter is nothing but rounding


class Neighbour(NamedTuple):
    """A word by its id, and its cosine to what was asked."""

    id: int
    cosine: float


class Parallelism(NamedTuple):
    """How parallel the directions of pairs are, each from its first word to its second.

    `pairwise` is (pairs, pairs): cosines of the directions; `to_others` is (pairs,): the cosine of each to the mean of
    the others; `mean` is that of all pairs of different directions.
    One pair alone has NaN there.
    """

    pairwise: np.ndarray
    to_others: np.ndarray
    mean: float


def unit_rows(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of length one, (words, dimensions) float32, and how long they were, (words,); a row of zeros stays one."""
    rows = np.asarray(vectors, dtype=np.float32)
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))
    return (rows / np.where(norms > 0, norms, 1)[:, None]).astype(np.float32), norms.astype(np.float32)


def neighbours(unit: np.ndarray, query: np.ndarray, most: int, without: Collection[int] = ()) -> list[Neighbour]:
    """The rows with the largest cosines to a vector (dimensions,) of any length but zero, `without` some ids.

    Of equal ones the smaller id comes first. Raises ValueError where the vector has no direction.
    """
    cosines = cosines_to(unit, _unit(query))
    left_out = [id for id in without if 0 <= id < len(unit)]
    cosines[left_out] = -np.inf
    count = min(most, len(unit) - len(set(left_out)))
    if count < 1:
        return []
    least = np.partition(cosines, len(cosines) - count)[len(cosines) - count]
    found = np.flatnonzero(cosines >= least)  # more than `count` where several are equal to the last
    ranked = found[np.lexsort((found, -cosines[found]))][:count]
    return [Neighbour(int(id), float(cosines[id])) for id in ranked]


def combined(unit: np.ndarray, terms: Sequence[tuple[int, int]]) -> np.ndarray:
    """The sum of signed unit vectors, (dimensions,): a term is 1 or -1, and an id.

    Raises ValueError where nothing is left of it.
    """
    signs, ids = np.array([sign for sign, _ in terms], dtype=np.float32), [id for _, id in terms]
    total = signs @ np.asarray(unit[ids], dtype=np.float32)
    if np.linalg.norm(total) < _TINY * len(terms):
        raise ValueError("These words cancel out: nothing is left that has a direction.")
    return total


def analogy(unit: np.ndarray, terms: Sequence[tuple[int, int]], most: int, leave_out: bool = True) -> list[Neighbour]:
    """The words nearest to a sum of signed words, as `combined`; `leave_out` those that were asked with."""
    return neighbours(unit, combined(unit, terms), most, {id for _, id in terms} if leave_out else ())


def margin(found: Sequence[Neighbour]) -> float | None:
    """By how much the first is nearer than the second; None where there are not two."""
    return found[0].cosine - found[1].cosine if len(found) > 1 else None


def to_mean(unit: np.ndarray, ids: Sequence[int]) -> list[float]:
    """The cosine of each word to the mean of all: the odd one out has the least, of equal ones the first.

    Raises ValueError where the mean has no direction.
    """
    rows = np.asarray(unit[list(ids)], dtype=np.float64)
    return [float(cosine) for cosine in rows @ _unit(rows.mean(axis=0))]


def parallelism(unit: np.ndarray, pairs: Sequence[tuple[int, int]]) -> Parallelism:
    """Compare directions, each the difference of two unit vectors, at length one: pairs are (first, second) ids.

    Raises ValueError where the two words of a pair do not differ.
    """
    firsts, seconds = np.asarray(pairs).T
    differences = np.asarray(unit[seconds], dtype=np.float64) - np.asarray(unit[firsts], dtype=np.float64)
    lengths = np.linalg.norm(differences, axis=1, keepdims=True)
    if lengths.min() < _TINY:
        raise ValueError("The two words of a pair have the same vector: there is no direction from one to the other.")
    directions = differences / lengths
    pairwise = directions @ directions.T
    count = len(directions)
    if count < 2:
        return Parallelism(pairwise, np.full(1, np.nan), float("nan"))
    others = directions.sum(axis=0) - directions  # the mean of the others, but for its length
    lengths = np.linalg.norm(others, axis=1)
    to_others = np.einsum("ij,ij->i", directions, others) / np.where(lengths > _TINY, lengths, np.inf)
    return Parallelism(pairwise, to_others, float((pairwise.sum() - np.trace(pairwise)) / (count * (count - 1))))


def cosines_to(unit: np.ndarray, query: np.ndarray) -> np.ndarray:
    """The cosine of each row to a unit vector, (words,).

    How fast memory is read decides: einsum reads it a little faster than BLAS does, and gives equal rows equal numbers,
    wherever they stand. Of many rows two threads read a half each.
    """
    found = np.empty(len(unit), unit.dtype)
    vector = query.astype(unit.dtype, copy=False)
    count = THREADS if unit.size >= LARGE else 1
    cuts = [len(unit) * n // count for n in range(count + 1)]

    def part(n: int) -> None:
        np.einsum("ij,j->i", unit[cuts[n] : cuts[n + 1]], vector, out=found[cuts[n] : cuts[n + 1]])

    if count == 1:
        part(0)
    else:
        with ThreadPoolExecutor(count) as threads:
            list(threads.map(part, range(count)))
    return found


def _unit(vector: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(vector)
    if not length > 0:
        raise ValueError("A vector of zeros has no direction, and so no neighbours.")
    return vector / length

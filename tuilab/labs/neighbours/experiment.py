"""Runs the neighbours lab."""

import numpy as np

from tuilab.engine.words.lookup import cosines_to, neighbours, to_mean
from tuilab.labs.neighbours.looking import ids_of, nears, source_of
from tuilab.labs.neighbours.spec import HINT, Complete, Completions, Near, Neighbours, NeighboursView
from tuilab.vectors.open import open_vectors
from tuilab.vectors.store import Vectors


def answer(spec: Neighbours | Complete) -> NeighboursView | Completions:
    """Look the words up. Raises ValueError with a sentence."""
    vectors = open_vectors(spec.vectors)
    if isinstance(spec, Complete):
        return Completions(vectors.words.starting_with(spec.word, spec.most))
    ids = ids_of(vectors, spec.asked)
    if len(ids) == 1:
        return _neighbours(spec, vectors, ids[0])
    if len(ids) == 2:
        return _similarity(spec, vectors, *ids)
    if ids:
        return _odd_one_out(spec, vectors, ids)
    return NeighboursView(hint=HINT, source=source_of(vectors))


def _neighbours(spec: Neighbours, vectors: Vectors, id: int) -> NeighboursView:
    found = neighbours(vectors.unit, vectors.unit[id], spec.most, without=[id])
    return NeighboursView(about="neighbours", asked=spec.asked, rows=nears(vectors, found), source=source_of(vectors))


def _similarity(spec: Neighbours, vectors: Vectors, one: int, other: int) -> NeighboursView:
    cosine = float(vectors.unit[one] @ vectors.unit[other])
    ranks = [_rank(vectors.unit, one, other), _rank(vectors.unit, other, one)]
    rows = [Near(spec.asked[1], cosine)]
    return NeighboursView(about="similarity", asked=spec.asked, rows=rows, ranks=ranks, source=source_of(vectors))


def _rank(unit: np.ndarray, one: int, other: int) -> int:
    """The place of `other` among the neighbours of `one`, from 1; 0 where they are the same word."""
    cosines = cosines_to(unit, unit[one])
    nearer = (cosines > cosines[other]) | ((cosines == cosines[other]) & (np.arange(len(unit)) < other))
    nearer[one] = False
    return 0 if one == other else int(nearer.sum()) + 1


def _odd_one_out(spec: Neighbours, vectors: Vectors, ids: list[int]) -> NeighboursView:
    cosines = to_mean(vectors.unit, ids)
    odd = spec.asked[cosines.index(min(cosines))]
    rows = [Near(word, cosine) for word, cosine in zip(spec.asked, cosines, strict=True)]
    return NeighboursView(about="odd", asked=spec.asked, rows=rows, odd=odd, source=source_of(vectors))

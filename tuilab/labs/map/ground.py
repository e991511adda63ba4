"""What a map is made of: some words, their unit rows, their true neighbours."""

from functools import lru_cache

import numpy as np

from tuilab.engine.words.flat import pca
from tuilab.engine.words.trueness import by_chance, judge, nearest
from tuilab.labs.map.groups import known_groups, named_groups
from tuilab.labs.map.spec import FEWEST, Group, Map, MapView, Picture
from tuilab.labs.neighbours.looking import ids_of, source_of
from tuilab.vectors.open import open_vectors
from tuilab.vectors.store import Vectors


class Ground:
    """The commonest words, those of the groups that a learner named too. Raises ValueError with a sentence."""

    def __init__(self, vectors: Vectors, spec: Map) -> None:
        ids = _chosen(vectors, spec)
        if len(ids) < FEWEST:
            raise ValueError(
                f"map: of {len(vectors):,} words {len(ids)} are left after skip={spec.skip}; a map takes {FEWEST} at "
                "least: take a smaller skip, or train on more text."
            )
        self.words = [vectors.words[id] for id in ids]
        self.unit = np.ascontiguousarray(vectors.unit[ids])
        self.source = source_of(vectors)
        self.true, self.flat = nearest(self.unit), pca(self.unit)
        self.groups = self._groups(spec)

    def _groups(self, spec: Map) -> list[Group]:
        places = {word: place for place, word in enumerate(self.words)}
        if spec.lists:
            return named_groups(spec.lists, places)
        return known_groups(places) if spec.groups == "known" else []

    def view(self, step: int, points: np.ndarray | None) -> MapView:
        """The map by PCA, and the one of these points, which t-SNE has found after `step` iterations."""
        return MapView(
            step=step,
            words=self.words,
            neighbours=self.true.ids.tolist(),
            cosines=self.true.cosines.round(3).tolist(),
            groups=self.groups,
            by_chance=by_chance(len(self.words)),
            variance=float(self.flat.shares.sum()),
            pca=self.picture(self.flat.points),
            tsne=self.picture(points) if points is not None else None,
            source=self.source,
        )

    def picture(self, points: np.ndarray) -> Picture:
        """A map, and how true it is."""
        trueness = judge(self.unit, self.true, points)
        size = float(np.abs(points).max()) or 1.0
        x, y = (points / size).round(6).T.tolist()
        return Picture(
            x=x,
            y=y,
            kept=trueness.kept.tolist(),
            share=float(trueness.kept.mean() / self.true.ids.shape[1]),
            torn=np.flatnonzero(trueness.torn).tolist(),
            false=trueness.false.tolist(),
        )


def ground_of(spec: Map) -> Ground:
    """The ground of a map; it is kept while its vectors stay as they are. Raises ValueError with a sentence."""
    return _ground(open_vectors(spec.vectors), Map(words=spec.words, skip=spec.skip, groups=spec.groups))


@lru_cache(maxsize=2)
def _ground(vectors: Vectors, spec: Map) -> Ground:
    return Ground(vectors, spec)


def _chosen(vectors: Vectors, spec: Map) -> list[int]:
    """The ids of the words, the commonest first."""
    named = ids_of(vectors, [word for words in spec.lists for word in words])
    commonest = range(spec.skip, min(spec.skip + spec.words, len(vectors)))
    return sorted({*named, *(id for id in commonest if vectors.norms[id] > 0)})

"""Runs the map lab."""

from typing import Any

import numpy as np

from tuilab.engine.state import State
from tuilab.engine.training import Diverged as EngineDiverged
from tuilab.engine.words.flat import pca
from tuilab.engine.words.trueness import by_chance, judge, nearest
from tuilab.engine.words.tsne import Tsne, beginning, early, largest_perplexity
from tuilab.labs.map.groups import known_groups, named_groups
from tuilab.labs.map.spec import FEWEST, Group, Map, MapView, Picture
from tuilab.labs.neighbours.looking import source_of
from tuilab.labs.run import Diverged, Metrics
from tuilab.labs.spec import Spec
from tuilab.vectors.open import open_vectors


def answer(spec: Map) -> MapView:
    """The map by PCA."""
    return Ground(spec).view(None)


class Ground:
    """What a map is made of: some words, their unit rows, their true neighbours. Raises ValueError."""

    def __init__(self, spec: Map) -> None:
        vectors = open_vectors(spec.vectors)
        first, last = spec.skip, min(spec.skip + spec.words, len(vectors))
        ids = [id for id in range(first, last) if vectors.norms[id] > 0]
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

    def view(self, points: np.ndarray | None) -> MapView:
        """The map by PCA, and the one of these points."""
        return MapView(
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
        x, y = (points / size).round(4).T.tolist()
        return Picture(
            x=x,
            y=y,
            kept=trueness.kept.tolist(),
            share=float(trueness.kept.mean() / self.true.ids.shape[1]),
            torn=np.flatnonzero(trueness.torn).tolist(),
            false=trueness.false.tolist(),
        )


class Training:
    """t-SNE, which begins with the map by PCA; a step is one of its iterations."""

    def __init__(self, spec: Map) -> None:
        self.spec, self.step, self.total = spec, 0, spec.iterations
        self.ground = Ground(spec)
        words = len(self.ground.words)
        if spec.perplexity > largest_perplexity(words):
            raise ValueError(
                f"map: perplexity={spec.perplexity:g} is too large for {words} words; it is at most a third of the "
                f"others, {largest_perplexity(words):g}."
            )
        start = beginning(self.ground.flat.points, words, spec.seed)
        self.tsne = Tsne(self.ground.unit, start, spec.perplexity, early(spec.iterations))

    def advance(self) -> Metrics:
        """Take an iteration."""
        try:
            divergence, norm = self.tsne.advance()
        except EngineDiverged as error:
            raise Diverged(f"t-SNE stopped after step {self.step}: {error}. Try another perplexity.") from None
        self.step += 1
        return Metrics(self.step, divergence, norm)

    def view(self) -> MapView:
        """Both maps as they are now; that of t-SNE once it has begun."""
        return self.ground.view(self.tsne.points if self.step else None)

    def state(self) -> dict[str, Any]:
        """Where the points are and how they move, and whose they are."""
        return self.tsne.state() | {"words": self._names()}

    def restore(self, step: int, state: State) -> None:
        """Go on from a state after `step` iterations. Raises ValueError where the vectors are others by now."""
        if "words" not in state or not np.array_equal(state["words"], self._names()):
            raise ValueError("The vectors are others than those that this map was made of; begin again.")
        self.tsne.restore(step, {name: array for name, array in state.items() if name != "words"})
        self.step = step

    def answer(self, question: Spec) -> Any:
        """There are no questions to a map."""
        raise ValueError(f"{question.kind} is no question to a map.")

    def _names(self) -> np.ndarray:
        return np.frombuffer("\n".join(self.ground.words).encode(), np.uint8)

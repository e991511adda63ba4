"""Runs the map lab."""

import zlib
from functools import cached_property
from typing import Any

import msgspec
import numpy as np

from tuilab.engine.state import State
from tuilab.engine.training import Diverged as EngineDiverged
from tuilab.engine.words.tsne import Tsne, beginning, early, largest_perplexity
from tuilab.labs.map.ground import ground_of
from tuilab.labs.map.spec import Map, MapView, Positions
from tuilab.labs.run import Diverged, Metrics, check_moment
from tuilab.labs.spec import Spec
from tuilab.vectors.errors import VectorError

_WHOSE = ("words", "rows", "source")  # of a state, beside t-SNE's


def answer(spec: Map) -> MapView:
    """The map by PCA."""
    return ground_of(spec).view(0, None)


class Training:
    """t-SNE, which begins with the map by PCA or by chance; a step is one of its iterations."""

    def __init__(self, spec: Map) -> None:
        self.step, self.total = 0, spec.iterations
        self._past: np.ndarray | None = None
        self._use(spec)
        words = len(self.ground.words)
        if spec.perplexity > largest_perplexity(words):
            raise ValueError(
                f"map: perplexity={spec.perplexity:g} is too large for {words} words; it is at most a third of the "
                f"others, {largest_perplexity(words):g}."
            )

    def _use(self, spec: Map) -> None:
        """Name the vectors by their file: what are the last ones may be others when the run is looked at again."""
        self.ground = ground_of(spec)
        self.spec = msgspec.structs.replace(spec, vectors=self.ground.source.file)

    @cached_property
    def tsne(self) -> Tsne:
        """t-SNE itself, made when it is needed: to look at a moment that was it is not."""
        flat = self.ground.flat.points if self.spec.start == "pca" else None
        start = beginning(flat, len(self.ground.words), self.spec.seed)
        return Tsne(self.ground.unit, start, self.spec.perplexity, early(self.spec.iterations))

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
        if not self.step:
            return self.ground.view(0, None)
        return self.ground.view(self.step, self.tsne.points if self._past is None else self._past)

    def state(self) -> dict[str, Any]:
        """Where the points are and how they move, and whose they are."""
        return self.tsne.state() | {
            "words": _bytes("\n".join(self.ground.words)),
            "rows": self._rows(),
            "source": _bytes(self.ground.source.file),
        }

    def restore(self, step: int, state: State) -> None:
        """Go on from a state after `step` iterations. Raises ValueError where its vectors are others by now."""
        if not state.keys() >= set(_WHOSE):
            raise ValueError("What was saved is of another map; begin again.")
        source = bytes(state["source"]).decode()
        if source != self.ground.source.file:
            self._look_for(source)
        same = bytes(state["words"]).decode().split("\n") == self.ground.words
        if not same or state["rows"] != self._rows():
            raise ValueError("The vectors have changed since this map was begun; begin again.")
        self.tsne.restore(step, {name: array for name, array in state.items() if name not in _WHOSE})
        self.step = step

    def put_weights(self, weights: State) -> None:
        """Take the points of a kept moment."""
        points = weights.get("parameter.points")
        if points is None or points.shape != (len(self.ground.words), 2):
            raise ValueError("What was kept is of another map.")
        self._past = points

    def answer(self, question: Spec) -> MapView:
        """What it is now."""
        assert isinstance(question, Positions)
        check_moment(question, question.at, self.step)
        return self.view()

    def _look_for(self, source: str) -> None:
        try:
            self._use(msgspec.structs.replace(self.spec, vectors=source))
        except VectorError:
            raise ValueError("The vectors that this map was made of are no longer kept; begin again.") from None

    def _rows(self) -> np.ndarray:
        """What tells these vectors from others of the same words."""
        return np.array(zlib.crc32(self.ground.unit.tobytes()), dtype=np.int64)


def _bytes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), np.uint8)

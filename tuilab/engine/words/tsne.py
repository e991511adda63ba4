"""t-SNE, an iteration at a time.

Van der Maaten and Hinton (2008), "Visualizing data using t-SNE". It is openTSNE's, because that can stop after any
iteration and go on, with its momentum and gains in reach; scikit-learn's runs to its end in one call.
"""

from typing import Any, NamedTuple

import numpy as np

from tuilab.engine.state import State
from tuilab.engine.training import Diverged

EXAGGERATION, MOST_EARLY = 12.0, 250  # as in openTSNE and scikit-learn
MOMENTUM = 0.8
SPREAD = 1e-4  # standard deviation of the points at the beginning
_PARTS = ("parameter.points", "gains", "update")


class Measured(NamedTuple):
    """Of an iteration: the Kullback-Leibler divergence after it, and the norm of the gradient that it followed.

    While affinities are exaggerated the gradient is that of the exaggerated ones, the divergence is not.
    """

    divergence: float
    gradient_norm: float


def early(iterations: int) -> int:
    """How many of the iterations exaggerate what is near: a quarter, 250 at most."""
    return min(MOST_EARLY, iterations // 4)


def largest_perplexity(words: int) -> float:
    """The largest perplexity for so many words, which three times as many neighbours are looked at for."""
    return (words - 1) / 3


def beginning(points: np.ndarray | None, words: int, seed: int) -> np.ndarray:
    """Points to begin with, (words, 2), close together: those of a map, or by chance; the seed parts equal ones."""
    chance = np.random.default_rng(seed).standard_normal((words, 2)) * SPREAD
    spread = 0.0 if points is None else float(np.std(points[:, 0]))
    return points * (SPREAD / spread) + chance / 100 if points is not None and spread else chance


class Tsne:
    """Moves points so that their neighbours become those of the rows, (words, dimensions).

    `points` is (words, 2) float64 and changes in place; the same rows, points and perplexity give the same map.
    """

    def __init__(self, rows: np.ndarray, points: np.ndarray, perplexity: float, early: int) -> None:
        from openTSNE import TSNEEmbedding, affinity, tsne

        self.step, self.early, self._norm = 0, early, 0.0
        affinities = affinity.PerplexityBasedNN(
            np.ascontiguousarray(rows, dtype=np.float64), perplexity, method="exact", metric="euclidean", n_jobs=1
        )
        self._affinities, self._exact = affinities.P.data, affinities.P.data.copy()
        self._barnes_hut = tsne.kl_divergence_bh
        self._embedding = TSNEEmbedding(
            points, affinities, negative_gradient_method=self._gradient, momentum=MOMENTUM, n_jobs=1
        )

    @property
    def points(self) -> np.ndarray:
        """Where the points are now."""
        return self._embedding.view(np.ndarray)

    def advance(self) -> Measured:
        """Take one iteration. Raises Diverged where the divergence is no longer finite."""
        exaggeration = EXAGGERATION if self.step < self.early else 1.0
        before = self._copies()
        self._embedding.optimize(1, inplace=True, exaggeration=exaggeration)
        self._affinities[:] = self._exact  # they were multiplied and divided again, which rounds them
        divergence = float(self._embedding.kl_divergence)
        if not (np.isfinite(divergence) and np.isfinite(self.points).all()):
            self._put(before)
            raise Diverged("the divergence is no longer a finite number")
        self.step += 1
        return Measured(divergence, self._norm)

    def state(self) -> dict[str, np.ndarray]:
        """All that the next iteration depends on, beside `step` and what it was made with; not copied."""
        optimiser, points = self._embedding.optimizer, self.points
        ones, zeros = np.ones_like(points), np.zeros_like(points)
        gains, update = optimiser.gains, optimiser.update
        return {
            "parameter.points": points,
            "gains": ones if gains is None else gains,
            "update": zeros if update is None else update,
        }

    def restore(self, step: int, state: State) -> None:
        """Go on from a state. Raises ValueError where it is of another map."""
        if any(state[name].shape != self.points.shape for name in _PARTS):
            raise ValueError("What was saved is of another map; begin again.")
        self.step = step
        self._put({name: np.array(state[name]) for name in _PARTS})

    def _copies(self) -> dict[str, np.ndarray]:
        return {name: array.copy() for name, array in self.state().items()}

    def _put(self, state: State) -> None:
        self.points[:] = state["parameter.points"]
        self._embedding.optimizer.gains, self._embedding.optimizer.update = state["gains"], state["update"]

    def _gradient(self, *arguments: Any, **settings: Any) -> tuple[float, np.ndarray]:
        """Barnes and Hut's approximation of the gradient, whose norm openTSNE does not tell."""
        divergence, gradient = self._barnes_hut(*arguments, **settings)
        if not settings["should_eval_error"]:  # asked again after each step, for the divergence alone
            self._norm = float(np.linalg.norm(gradient))
        return divergence, gradient

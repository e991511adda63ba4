"""A series made ready for a network: differences, a scale fitted on its training part, windows of that part."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor


@dataclass(frozen=True)
class Split:
    """A series split by time: `train` values first, then `validation`, then `held` ones, that nothing is fitted on."""

    train: int
    validation: int
    held: int

    @property
    def first_held(self) -> int:
        """The number of the first value that is held out."""
        return self.train + self.validation

    @property
    def count(self) -> int:
        """All values."""
        return self.train + self.validation + self.held


@dataclass(frozen=True)
class Scale:
    """Subtracts a mean and divides by a deviation, both of the training part."""

    mean: float
    deviation: float

    @classmethod
    def fit(cls, values: np.ndarray) -> "Scale":
        """The scale after which these have mean 0 and standard deviation 1. Raises ValueError where all are alike."""
        deviation = float(values.std())
        if not deviation > 1e-12 * float(np.abs(values).max(initial=0.0)):
            raise ValueError("all values to fit a scale on are alike")
        return cls(float(values.mean()), deviation)

    def apply(self, values: np.ndarray) -> np.ndarray:
        """To the scale."""
        return (values - self.mean) / self.deviation

    def undo(self, values: np.ndarray) -> np.ndarray:
        """Back from it."""
        return values * self.deviation + self.mean


@dataclass(frozen=True)
class Prepared:
    """Values (time,) as a network gets them: each less the one `lag` before it (0: as they are), then scaled."""

    values: np.ndarray
    split: Split
    lag: int

    @cached_property
    def differences(self) -> np.ndarray:
        """Each value less the one `lag` before it; number i of them is of value i + lag."""
        return self.values[self.lag :] - self.values[: len(self.values) - self.lag] if self.lag else self.values

    @cached_property
    def scale(self) -> Scale:
        """Fitted on the training part. Raises ValueError where that has no scale."""
        return Scale.fit(self.differences[: self.split.train - self.lag])

    @cached_property
    def _all(self) -> Tensor:
        return torch.from_numpy(self.scale.apply(self.differences)).float()

    @property
    def points(self) -> int:
        """How many there are to train on."""
        return self.split.train - self.lag

    def inputs(self, first: int, count: int) -> Tensor:
        """What the network gets for values number `first` to `first + count - 1` (count,)."""
        return self._all[first - self.lag : first - self.lag + count]

    def batch(self, batch: int, length: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Draw random windows of the training part: inputs and, shifted by one, targets, each (batch, length, 1)."""
        first = torch.randint(self.points - length, (batch, 1), generator=generator)
        windows = self._all[first + torch.arange(length + 1)][..., None]
        return windows[:, :-1], windows[:, 1:]

    def undo_one(self, said: np.ndarray, first: int) -> np.ndarray:
        """In the unit of the series: what was said of values from number `first` on, each from true ones before it."""
        forecast = self.scale.undo(said)
        return forecast + self.values[first - self.lag : first - self.lag + len(said)] if self.lag else forecast

    def undo_free(self, said: np.ndarray, first: int) -> np.ndarray:
        """The same of a forecast that goes on by itself from value number `first` on: it adds to its own values."""
        forecast = self.scale.undo(said)
        if not self.lag:
            return forecast
        known = list(self.values[first - self.lag : first])
        for change in forecast.tolist():
            known.append(known[-self.lag] + change)
        return np.array(known[self.lag :])

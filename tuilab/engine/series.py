"""A sampled series, and random windows of it with their successors: the shift by one."""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor


@dataclass(frozen=True)
class SineSeries:
    """sin(x) at `points` equally spaced places of the interval from `begin` up to, not including, `end`."""

    begin: float
    end: float
    points: int

    @property
    def spacing(self) -> float:
        """The distance between two neighbouring points."""
        return (self.end - self.begin) / self.points

    def places(self, first: int, count: int) -> Tensor:
        """The places x of points number `first` to `first + count - 1` (count,); beyond `end` too."""
        steps = torch.arange(first, first + count, dtype=torch.float64)
        return self.begin + self.spacing * steps

    def values(self, first: int, count: int) -> Tensor:
        """The series at those places, float32 (count,)."""
        return torch.sin(self.places(first, count)).float()

    @cached_property
    def _all(self) -> Tensor:
        return self.values(0, self.points)

    def batch(self, batch: int, length: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Draw random windows: inputs and, shifted by one step, targets, each (batch, length, 1).

        Raises ValueError where the series is too short for one window and its successor.
        """
        return cut(self._all, draw(self.points, length, batch, generator), length)


def draw(points: int, length: int, batch: int, generator: torch.Generator) -> Tensor:
    """Draw the points at which random windows begin (batch, 1), so that each has its successor.

    Raises ValueError where the series is too short for one window and its successor.
    """
    places = points - length
    if places < 1:
        raise ValueError(f"{points} points are too few for windows of {length} and their successor")
    return torch.randint(places, (batch, 1), generator=generator)


def cut(values: Tensor, first: Tensor, length: int) -> tuple[Tensor, Tensor]:
    """Cut windows that begin at `first` (batch, 1): inputs and, shifted by one, targets, each (batch, length, 1)."""
    windows = values[first + torch.arange(length + 1)]
    return windows[:, :-1, None], windows[:, 1:, None]

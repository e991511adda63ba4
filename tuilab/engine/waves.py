"""Waves as functions of x, and what is left of them where they are sampled too seldom."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor


def sine(x: Tensor) -> Tensor:
    """sin(x)."""
    return torch.sin(x)


def sawtooth(x: Tensor) -> Tensor:
    """Rises from -1 to 1 in each period of 2π, then falls back at once."""
    return 2 * phase(x) - 1


def square(x: Tensor) -> Tensor:
    """1 in the first half of each period of 2π, -1 in the second."""
    return torch.where(phase(x) < 0.5, 1.0, -1.0).to(x.dtype)


def sines(x: Tensor, parts: Sequence[tuple[float, float]]) -> Tensor:
    """The sum of sines of x, each with its frequency and its amplitude."""
    return sum((amplitude * torch.sin(frequency * x) for frequency, amplitude in parts), torch.zeros_like(x))


def phase(x: Tensor) -> Tensor:
    """How far x is through its period of 2π: from 0 up to, not including, 1."""
    return torch.remainder(x / (2 * math.pi), 1)


def sampling_limit(spacing: float) -> float:
    """The highest frequency that points so far apart can show: two points in a period."""
    return math.pi / spacing


def alias(frequency: float, spacing: float) -> float:
    """The frequency up to the sampling limit of which a wave goes through the very same points."""
    rate = 2 * sampling_limit(spacing)
    return abs(frequency - rate * round(frequency / rate))

"""What the networks learn. A batch depends on the seed and the number of the step alone."""

import math

import torch
from torch import Generator, Tensor

from tuilab.engine import recall

_APART = 1_000_003  # a prime: seeds and steps make no batch twice, as long as there are fewer steps


def generator_of(seed: int, step: int) -> Generator:
    """The random numbers of one training step."""
    return Generator().manual_seed((seed * _APART + step) % 2**63)


def ring(count: int, generator: Generator) -> tuple[Tensor, Tensor]:
    """Points of a square, and whether each lies outside the circle that holds half of them.

    Inputs (count, 2) with variance one, targets (count,) 0 or 1; who guesses loses ln 2.
    """
    places = 2 * torch.rand(count, 2, generator=generator) - 1
    targets = ((places**2).sum(1) > 2 / math.pi).long()
    return places * math.sqrt(3), targets


def first_symbol(count: int, length: int, generator: Generator) -> tuple[Tensor, Tensor]:
    """Sequences whose first symbol is to be named at their end: inputs (length, count, symbols), targets (count,)."""
    inputs, targets = recall.batch(count, length, generator)
    return inputs.transpose(0, 1), targets

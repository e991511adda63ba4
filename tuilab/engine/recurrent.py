"""A layer of recurrent neurons, one step at a time, with every intermediate array kept.

    Y(t) = tanh( X(t)·Wx + Y(t-1)·Wy + b ),   Y(-1) = 0

(A. Géron, Hands-On Machine Learning, "Recurrent Neurons and Layers".) torch.nn.RNN computes the same with
weight_ih = Wx transposed, weight_hh = Wy transposed and the bias split in two.
"""

from typing import NamedTuple

import torch
from torch import Tensor


class Weights(NamedTuple):
    """The parameters of the layer: Wx (inputs, neurons), Wy (neurons, neurons), b (1, neurons)."""

    Wx: Tensor
    Wy: Tensor
    b: Tensor


class Step(NamedTuple):
    """What one time step computes, in order; every array is (batch, neurons)."""

    XWx: Tensor
    YWy: Tensor
    sum: Tensor
    Y: Tensor


def random_weights(inputs: int, neurons: int, generator: torch.Generator) -> Weights:
    """Draw each weight and bias uniformly from ±1/sqrt(neurons), as torch.nn.RNN does."""
    bound = neurons**-0.5

    def draw(*shape: int) -> Tensor:
        return torch.empty(shape).uniform_(-bound, bound, generator=generator)

    return Weights(draw(inputs, neurons), draw(neurons, neurons), draw(1, neurons))


def step(X: Tensor, Y_before: Tensor, weights: Weights) -> Step:
    """Take one time step: X (batch, inputs) and Y_before (batch, neurons) to a `Step`."""
    XWx = X @ weights.Wx
    YWy = Y_before @ weights.Wy
    total = XWx + YWy + weights.b
    return Step(XWx, YWy, total, torch.tanh(total))


def unroll(X: Tensor, weights: Weights) -> list[Step]:
    """Unroll the layer over X (time, batch, inputs), from Y(-1) = 0; one `Step` for each time step."""
    Y = X.new_zeros(X.shape[1], weights.Wy.shape[0])
    steps = []
    for X_t in X:
        steps.append(step(X_t, Y, weights))
        Y = steps[-1].Y
    return steps

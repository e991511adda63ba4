"""The simple recurrent cell (Elman 1990):

a = W_ih·x(t) + b_ih + W_hh·h(t-1) + b_hh
h = tanh(a), or max(a, 0)
"""

from typing import NamedTuple

import torch
from torch import Tensor

from tuilab.engine.cells import Hold, nothing


class Weights(NamedTuple):
    """`weight_ih` (hidden, inputs), `weight_hh` (hidden, hidden), both biases (hidden,)."""

    weight_ih: Tensor
    weight_hh: Tensor
    bias_ih: Tensor
    bias_hh: Tensor


class State(NamedTuple):
    """The hidden state (batch, hidden)."""

    h: Tensor


class Step(NamedTuple):
    """What one step has to remember for the way back."""

    x: Tensor
    before: State
    h: Tensor


def step(x: Tensor, before: State, w: Weights, activation: str = "tanh", hold: Hold = nothing) -> tuple[State, Step]:
    """One time step forwards; `activation` is tanh or relu."""
    a = x @ w.weight_ih.T + w.bias_ih + before.h @ w.weight_hh.T + w.bias_hh
    h = hold("h", torch.tanh(a) if activation == "tanh" else torch.relu(a))
    return State(h), Step(x, before, h)


def backward_step(
    d: State, s: Step, w: Weights, activation: str = "tanh", free: Hold = nothing
) -> tuple[Tensor, State, Weights]:
    """One time step backwards.

    `d` is the gradient of the loss with respect to the state after the step. Returned are those with respect to x, to
    the state before the step, and this step's own term of those with respect to the weights.
    """
    da = free("h", d.h * (1 - s.h**2 if activation == "tanh" else torch.sign(s.h)))
    own = Weights(da.T @ s.x, da.T @ s.before.h, da.sum(0), da.sum(0))
    return da @ w.weight_ih, State(da @ w.weight_hh), own

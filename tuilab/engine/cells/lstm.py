"""The long short-term memory cell (Hochreiter and Schmidhuber 1997; forget gate by Gers et al. 2000):

    i = sigma(W_i·x(t) + U_i·h(t-1) + b_i)        input gate
    f = sigma(W_f·x(t) + U_f·h(t-1) + b_f)        forget gate
    g = tanh (W_g·x(t) + U_g·h(t-1) + b_g)        candidate, C~ in books
    o = sigma(W_o·x(t) + U_o·h(t-1) + b_o)        output gate
    C = f*C(t-1) + i*g                            cell state
    h = o*tanh(C)                                 hidden state

`weight_ih` holds W_i, W_f, W_g, W_o below each other, as torch orders them, `weight_hh` the U; b is the sum of both
biases.

With peepholes (Gers and Schmidhuber 2000) the gates see the cell state too: P_i·C(t-1) is added in i, P_f·C(t-1) in f,
P_o·C(t) in o. `weight_ch` holds P_i, P_f, P_o: full matrices (3·hidden, hidden), or, where each unit sees only its own
cell state, the diagonals alone (3·hidden,).
"""

from typing import NamedTuple

import torch
from torch import Tensor

from tuilab.engine.cells import Hold, nothing


class Weights(NamedTuple):
    """As torch.nn.LSTM, with `weight_ch` where there are peepholes."""

    weight_ih: Tensor
    weight_hh: Tensor
    bias_ih: Tensor
    bias_hh: Tensor
    weight_ch: Tensor | None = None


class State(NamedTuple):
    """The hidden and the cell state, (batch, hidden) each."""

    h: Tensor
    C: Tensor


class Step(NamedTuple):
    """What one step has to remember for the way back."""

    x: Tensor
    before: State
    i: Tensor
    f: Tensor
    g: Tensor
    o: Tensor
    C: Tensor


def step(x: Tensor, before: State, w: Weights, hold: Hold = nothing) -> tuple[State, Step]:
    """One time step forwards."""
    a = x @ w.weight_ih.T + w.bias_ih + before.h @ w.weight_hh.T + w.bias_hh
    a_i, a_f, a_g, a_o = a.chunk(4, dim=1)
    if w.weight_ch is not None:
        P_i, P_f, P_o = w.weight_ch.chunk(3)
        a_i, a_f = a_i + peep(before.C, P_i), a_f + peep(before.C, P_f)
    i = hold("i", torch.sigmoid(a_i))
    f = hold("f", torch.sigmoid(a_f))
    g = hold("g", torch.tanh(a_g))
    C = f * before.C + i * g
    if w.weight_ch is not None:
        a_o = a_o + peep(C, P_o)
    o = hold("o", torch.sigmoid(a_o))
    return State(o * torch.tanh(C), C), Step(x, before, i, f, g, o, C)


def backward_step(d: State, s: Step, w: Weights, free: Hold = nothing) -> tuple[Tensor, State, Weights]:
    """One time step backwards.

    `d` are the gradients of the loss with respect to both states after the step. Returned are those with respect to x,
    to the states before the step, and this step's own term of those with respect to the weights.
    """
    tanh_C = torch.tanh(s.C)
    da_o = free("o", d.h * tanh_C * s.o * (1 - s.o))
    dC = d.C + d.h * s.o * (1 - tanh_C**2)
    if w.weight_ch is not None:
        P_i, P_f, P_o = w.weight_ch.chunk(3)
        dC = dC + peep_back(da_o, P_o)
    da_i = free("i", dC * s.g * s.i * (1 - s.i))
    da_f = free("f", dC * s.before.C * s.f * (1 - s.f))
    da_g = free("g", dC * s.i * (1 - s.g**2))
    dC_before = dC * s.f
    own_ch = None
    if w.weight_ch is not None:
        dC_before = dC_before + peep_back(da_i, P_i) + peep_back(da_f, P_f)
        own = (peep_own(da_i, s.before.C, P_i), peep_own(da_f, s.before.C, P_f), peep_own(da_o, s.C, P_o))
        own_ch = torch.cat(own)
    da = torch.cat([da_i, da_f, da_g, da_o], dim=1)
    own_weights = Weights(da.T @ s.x, da.T @ s.before.h, da.sum(0), da.sum(0), own_ch)
    return da @ w.weight_ih, State(da @ w.weight_hh, dC_before), own_weights


def peep(C: Tensor, P: Tensor) -> Tensor:
    """What a gate sees of the cell state: P·C, or each unit its own."""
    return C @ P.T if P.dim() == 2 else C * P


def peep_back(da: Tensor, P: Tensor) -> Tensor:
    """The way back through `peep`, to C."""
    return da @ P if P.dim() == 2 else da * P


def peep_own(da: Tensor, C: Tensor, P: Tensor) -> Tensor:
    """The way back through `peep`, to P."""
    return da.T @ C if P.dim() == 2 else (da * C).sum(0)

"""The gated recurrent unit (Cho et al. 2014):

    z = sigma(W_z·x(t) + b_z + U_z·h(t-1) + c_z)              update gate
    r = sigma(W_r·x(t) + b_r + U_r·h(t-1) + c_r)              reset gate
    n = tanh (W_n·x(t) + b_n + U_n·(r*h(t-1)) + c_n)          candidate, h~ in books, reset=before
    n = tanh (W_n·x(t) + b_n + r*(U_n·h(t-1) + c_n))          the same, reset=after
    h = (1-z)*h(t-1) + z*n

b are the biases `bias_ih`, c those in `bias_hh`. The lessons and the first paper reset before the product,
torch.nn.GRU after it, so that U·h(t-1) is one product for all gates: two cells, which agree where r = 1. torch also
swaps the parts of z and 1-z, h = (1-z)*n + z*h(t-1), and orders the gates r, z, n: its z is one minus ours, so that the
rows of z change their signs on the way (`swap`). Here the order is r, z, n too.
"""

from typing import NamedTuple

import torch
from torch import Tensor

from tuilab.engine.cells import Hold, nothing


class Weights(NamedTuple):
    """`weight_ih` (3·hidden, inputs), `weight_hh` (3·hidden, hidden), both biases (3·hidden,); gates r, z, n."""

    weight_ih: Tensor
    weight_hh: Tensor
    bias_ih: Tensor
    bias_hh: Tensor


class State(NamedTuple):
    """The hidden state (batch, hidden)."""

    h: Tensor


class Step(NamedTuple):
    """What one step has to remember for the way back; `m` is U_n·h(t-1) + c_n where it is reset after the product."""

    x: Tensor
    before: State
    r: Tensor
    z: Tensor
    n: Tensor
    m: Tensor


def swap(weight: Tensor) -> Tensor:
    """From one of torch's weights to ours, and back: sigma(-a) = 1 - sigma(a), so the rows of z change their signs."""
    r, z, n = weight.chunk(3)
    return torch.cat([r, -z, n])


def step(x: Tensor, before: State, w: Weights, reset: str = "after", hold: Hold = nothing) -> tuple[State, Step]:
    """One time step forwards."""
    U_r, U_z, U_n = w.weight_hh.chunk(3)
    c_r, c_z, c_n = w.bias_hh.chunk(3)
    a_r, a_z, a_n = (x @ w.weight_ih.T + w.bias_ih).chunk(3, dim=1)
    r = hold("r", torch.sigmoid(a_r + before.h @ U_r.T + c_r))
    z = hold("z", torch.sigmoid(a_z + before.h @ U_z.T + c_z))
    m = before.h @ U_n.T + c_n if reset == "after" else (r * before.h) @ U_n.T + c_n
    n = hold("n", torch.tanh(a_n + r * m if reset == "after" else a_n + m))
    return State((1 - z) * before.h + z * n), Step(x, before, r, z, n, m)


def backward_step(
    d: State, s: Step, w: Weights, reset: str = "after", free: Hold = nothing
) -> tuple[Tensor, State, Weights]:
    """One time step backwards; as for the other cells."""
    U_r, U_z, U_n = w.weight_hh.chunk(3)
    h = s.before.h
    da_n = free("n", d.h * s.z * (1 - s.n**2))
    da_z = free("z", d.h * (s.n - h) * s.z * (1 - s.z))
    dh = d.h * (1 - s.z)
    if reset == "after":
        dm, dr = da_n * s.r, da_n * s.m
        dh = dh + dm @ U_n
        own_U_n = dm.T @ h
    else:
        dm = da_n
        d_reset = da_n @ U_n
        dr, dh = d_reset * h, dh + d_reset * s.r
        own_U_n = dm.T @ (s.r * h)
    da_r = free("r", dr * s.r * (1 - s.r))
    dh = dh + da_r @ U_r + da_z @ U_z
    da = torch.cat([da_r, da_z, da_n], dim=1)
    own_hh = torch.cat([da_r.T @ h, da_z.T @ h, own_U_n])
    own_c = torch.cat([da_r.sum(0), da_z.sum(0), dm.sum(0)])
    return da @ w.weight_ih, State(dh), Weights(da.T @ s.x, own_hh, da.sum(0), own_c)

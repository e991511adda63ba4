"""The LSTM over a whole sequence, without and with peepholes; the equations are in tuilab.engine.cells.lstm."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from tuilab.engine.script import scripted
from tuilab.engine.tapes.slopes import sigma_back, tanh_back
from tuilab.engine.tapes.tape import Matrix, Size, Tape, add_product


class _Steps(NamedTuple):
    """What each time step reads and writes, forwards."""

    h: list[Tensor]
    C: list[Tensor]
    a: list[Tensor]
    i_f: list[Tensor]
    i: list[Tensor]
    f: list[Tensor]
    g: list[Tensor]
    o: list[Tensor]
    tanh_C: list[Tensor]


class _StepsBack(NamedTuple):
    """What each reads and writes on the way back."""

    dC: Tensor
    dh: list[Tensor]
    f: list[Tensor]
    da: list[Tensor]
    da_i: list[Tensor]
    da_f: list[Tensor]
    da_o: list[Tensor]
    da_ifg: list[Tensor]
    slope_C: list[Tensor]


class LstmTape(Tape):
    """`C[t]` is the cell state before step t. The gates stand in torch's order, i, f, g, o."""

    gates = 4

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.C = torch.empty_like(self.h)
        self.tanh_C = torch.empty_like(self.C[1:])
        self.dC = self.empty(size.batch, size.hidden)
        self.slope_C = self.empty(self.chunk, size.batch, size.hidden)
        gates = (4, size.hidden)
        self.i, self.f, self.g, self.o = self.a.unflatten(2, gates).unbind(2)
        self.da_i, self.da_f, self.da_g, self.da_o = self.da.unflatten(2, gates).unbind(2)
        i_f, da_ifg = self.a[..., : 2 * size.hidden], self.da.unflatten(2, gates)[:, :, :3]
        forwards = (self.h, self.C, self.a, i_f, self.i, self.f, self.g, self.o, self.tanh_C)
        backwards = (self.dh, self.f, self.da, self.da_i, self.da_f, self.da_o, da_ifg, self.slope_C)
        self._steps = _Steps(*map(self.each, forwards))
        self._steps_back = _StepsBack(self.dC, *map(self.each, backwards))

    def _begin(self, state: Sequence[Tensor], weights: Sequence[Tensor]) -> None:
        self.C[0] = state[1]
        self.W, self.U, b_ih, b_hh, *peepholes = weights
        self.b = b_ih + b_hh
        self.UT.copy_(self.U.T)
        self.P = peepholes[0] if peepholes else None

    def _run(self, first: int, end: int) -> None:
        scripted(_run)(first, end, Matrix(self.UT.T, self.UT), self._steps, self._peepholes())

    def _final(self) -> tuple[Tensor, ...]:
        return self.h[-1], self.C[-1]

    def _begin_back(self, d_final: Sequence[Tensor | None]) -> None:
        self.dC.zero_() if d_final[1] is None else self.dC.copy_(d_final[1])
        self.dP = None if self.P is None else torch.zeros_like(self.P)

    def _slopes(self, first: int, end: int) -> None:
        i, f, g, o, tanh_C = (part[first:end] for part in (self.i, self.f, self.g, self.o, self.tanh_C))
        n = end - first
        sigma_back(g, i, grad_input=self.da_i[:n])
        sigma_back(self.C[first:end], f, grad_input=self.da_f[:n])
        tanh_back(i, g, grad_input=self.da_g[:n])
        sigma_back(tanh_C, o, grad_input=self.da_o[:n])
        tanh_back(o, tanh_C, grad_input=self.slope_C[:n])

    def _run_back(self, first: int, end: int) -> None:
        scripted(_run_back)(first, end, Matrix(self.UT, self.U), self._steps_back, self._peepholes())

    def _own_terms(self, x: Tensor, first: int, end: int) -> None:
        super()._own_terms(x, first, end)
        if self.dP is None:
            return
        before, after = self.C[first:end].flatten(0, 1), self.C[first + 1 : end + 1].flatten(0, 1)
        gates = (self.da_i, before), (self.da_f, before), (self.da_o, after)
        for (da_of_gate, C), dP in zip(gates, self.dP.chunk(3), strict=True):
            da = da_of_gate[: end - first].flatten(0, 1)
            dP.addmm_(da.T, C) if dP.dim() == 2 else dP.add_((da * C).sum(0))

    def _first_gradients(self) -> tuple[Tensor, ...]:
        return self.dh[0], self.dC

    def _weight_gradients(self) -> tuple[Tensor, ...]:
        own = (self.dWT.T, self.dUT.T, self.db, self.db)
        return own if self.dP is None else (*own, self.dP)

    def _peepholes(self) -> list[Tensor]:
        """Those of i, f and o; none where there are none."""
        return [] if self.P is None else list(self.P.chunk(3))


def _run(first: int, end: int, U: Matrix, each: _Steps, peepholes: list[Tensor]) -> None:
    h, C, a, i_f, i, f, g, o, tanh_C = each
    for t in range(first, end):
        add_product(a[t], h[t], U)
        if len(peepholes) > 0:
            _peep(i[t], C[t], peepholes[0])
            _peep(f[t], C[t], peepholes[1])
        i_f[t].sigmoid_()
        torch.mul(f[t], C[t], out=C[t + 1]).addcmul_(i[t], g[t].tanh_())
        if len(peepholes) > 0:
            _peep(o[t], C[t + 1], peepholes[2])
        torch.mul(o[t].sigmoid_(), torch.tanh(C[t + 1], out=tanh_C[t]), out=h[t + 1])


def _run_back(first: int, end: int, UT: Matrix, each: _StepsBack, peepholes: list[Tensor]) -> None:
    dC_last, dh, f, da, da_i, da_f, da_o, da_ifg, slope_C = each
    dC = dC_last.view_as(dh[0])
    dC_of_each = dC.unsqueeze(-2)
    for t in range(end - 1, first - 1, -1):
        now = t - first
        da_o[now].mul_(dh[t + 1])
        dC.addcmul_(dh[t + 1], slope_C[now])
        if len(peepholes) > 0:
            _peep(dC, da_o[now], peepholes[2].t())
        da_ifg[now].mul_(dC_of_each)
        dC.mul_(f[t])
        if len(peepholes) > 0:
            _peep(dC, da_i[now], peepholes[0].t())
            _peep(dC, da_f[now], peepholes[1].t())
        add_product(dh[t], da[now], UT)


def _peep(total: Tensor, C: Tensor, P: Tensor) -> None:
    """Add P·C, or, where P is a diagonal, each unit's own."""
    if P.dim() == 2:
        add_product(total, C, Matrix(P, P.t()))
    else:
        total.addcmul_(C, P)

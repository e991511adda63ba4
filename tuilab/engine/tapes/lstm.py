"""The LSTM over a whole sequence, without and with peepholes; the equations are in tuilab.engine.cells.lstm."""

from collections.abc import Sequence
from itertools import cycle

import torch
from torch import Tensor

from tuilab.engine.tapes.slopes import sigma_back, tanh_back
from tuilab.engine.tapes.tape import Size, Tape


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
        h, C, dh = self.h.unbind(0), self.C.unbind(0), self.dh.unbind(0)
        parts = (part.unbind(0) for part in (self.a, i_f, self.i, self.f, self.g, self.o, self.tanh_C))
        self._steps = list(zip(h, C, *parts, C[1:], h[1:], strict=False))
        chunked = (self.da, self.da_i, self.da_f, self.da_o, da_ifg, self.slope_C)
        parts = (cycle(part.unbind(0)) for part in chunked)
        self._steps_back = list(zip(self.f.unbind(0), dh, dh[1:], *parts, strict=False))

    def _begin(self, state: Sequence[Tensor], weights: Sequence[Tensor]) -> None:
        self.C[0] = state[1]
        self.W, self.U, b_ih, b_hh, *peepholes = weights
        self.b = b_ih + b_hh
        self.UT.copy_(self.U.T)
        self.P = peepholes[0] if peepholes else None

    def _run(self, first: int, end: int) -> None:
        mul, tanh, UT = torch.mul, torch.tanh, self.UT
        peepholes = self._peepholes(transposed=True)
        for h_before, C_before, a, i_f, i, f, g, o, tanh_C, C, h in self._steps[first:end]:
            a.addmm_(h_before, UT)
            if peepholes:
                _peep(i, C_before, peepholes[0])
                _peep(f, C_before, peepholes[1])
            i_f.sigmoid_()
            g.tanh_()
            mul(f, C_before, out=C).addcmul_(i, g)
            if peepholes:
                _peep(o, C, peepholes[2])
            mul(o.sigmoid_(), tanh(C, out=tanh_C), out=h)

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
        U, dC = self.U, self.dC
        dC_of_each = dC.unsqueeze(1)
        peepholes = self._peepholes(transposed=False)
        for f, dh_before, dh, da, da_i, da_f, da_o, da_ifg, slope_C in reversed(self._steps_back[first:end]):
            da_o.mul_(dh)
            dC.addcmul_(dh, slope_C)
            if peepholes:
                _peep(dC, da_o, peepholes[2])
            da_ifg.mul_(dC_of_each)
            dC.mul_(f)
            if peepholes:
                _peep(dC, da_i, peepholes[0])
                _peep(dC, da_f, peepholes[1])
            dh_before.addmm_(da, U)

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

    def _peepholes(self, transposed: bool) -> Sequence[Tensor]:
        """Those of i, f and o; none where there are none."""
        if self.P is None:
            return ()
        parts = self.P.chunk(3)
        return [P.T for P in parts] if transposed and self.P.dim() == 2 else parts


def _peep(a: Tensor, C: Tensor, P: Tensor) -> None:
    """Add P·C, or, where P is a diagonal, each unit's own."""
    a.addmm_(C, P) if P.dim() == 2 else a.addcmul_(C, P)

"""The GRU over a whole sequence, in both forms; the equations are in tuilab.engine.cells.gru."""

from collections.abc import Sequence
from itertools import cycle

import torch
from torch import Tensor

from tuilab.engine.tapes.slopes import sigma_back, tanh_back
from tuilab.engine.tapes.tape import Size, Tape, project


class _GruTape(Tape):
    """What both forms share. The gates stand in the order r, z, n; `keep` is 1 - z of a chunk."""

    gates = 3

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.keep = self.empty(self.chunk, size.batch, size.hidden)
        gates = (3, size.hidden)
        self.r, self.z, self.third = self.a.unflatten(2, gates).unbind(2)
        self.da_r, self.da_z, self.da_third = self.da.unflatten(2, gates).unbind(2)
        self.rz = self.a[..., : 2 * size.hidden]

    def _final(self) -> tuple[Tensor, ...]:
        return (self.h[-1],)

    def _begin_back(self, d_final: Sequence[Tensor | None]) -> None:
        self.db_hh = torch.zeros_like(self.db)

    def _slopes(self, first: int, end: int) -> None:
        n, z = end - first, self.z[first:end]
        torch.neg(z, out=self.keep[:n]).add_(1)
        sigma_back(self._candidate(first, end) - self.h[first:end], z, grad_input=self.da_z[:n])

    def _candidate(self, first: int, end: int) -> Tensor:
        """The candidates of a chunk."""
        raise NotImplementedError

    def _first_gradients(self) -> tuple[Tensor, ...]:
        return (self.dh[0],)

    def _weight_gradients(self) -> tuple[Tensor, ...]:
        return self.dWT.T, self.dUT.T, self.db, self.db_hh


class ResetAfterTape(_GruTape):
    """U·h(t-1) is one product for all gates; the third part of `a` is m = U_n·h(t-1) + c_n."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.n = torch.empty_like(self.h[1:])
        self.slope_n = torch.empty_like(self.keep)
        h, dh = self.h.unbind(0), self.dh.unbind(0)
        parts = (part.unbind(0) for part in (self.a, self.rz, self.r, self.z, self.third, self.n))
        self._steps = list(zip(h, *parts, h[1:], strict=False))
        da_of_gates = self.da.unflatten(2, (3, size.hidden))
        chunked = (cycle(part.unbind(0)) for part in (self.da, da_of_gates, self.keep))
        dh_of_each = self.dh[1:].unsqueeze(2).unbind(0)
        self._steps_back = list(zip(dh, dh[1:], dh_of_each, *chunked, strict=False))

    def _begin(self, state: Sequence[Tensor], weights: Sequence[Tensor]) -> None:
        self.W, self._U, b, c = weights
        of_rz = 2 * self.size.hidden
        self.b, self._b_n, self._c_n = b[:of_rz] + c[:of_rz], b[of_rz:], c[of_rz:]
        self.UT.copy_(self._U.T)

    def _project(self, x: Tensor, first: int, end: int) -> None:
        W_rz, W_n = self.W.split((2 * self.size.hidden, self.size.hidden))
        project(self.b, x, W_rz, self.rz[first:end].flatten(0, 1))
        project(self._b_n, x, W_n, self.n[first:end].flatten(0, 1))
        self.third[first:end] = self._c_n

    def _run(self, first: int, end: int) -> None:
        lerp, UT = torch.lerp, self.UT
        for before, a, rz, r, z, m, n, h in self._steps[first:end]:
            a.addmm_(before, UT)
            rz.sigmoid_()
            lerp(before, n.addcmul_(r, m).tanh_(), z, out=h)

    def _candidate(self, first: int, end: int) -> Tensor:
        return self.n[first:end]

    def _slopes(self, first: int, end: int) -> None:
        super()._slopes(first, end)
        count = end - first
        r, z, m, n = (part[first:end] for part in (self.r, self.z, self.third, self.n))
        slope_n = self.slope_n[:count]
        tanh_back(z, n, grad_input=slope_n)
        torch.mul(slope_n, r, out=self.da_third[:count])
        sigma_back(slope_n * m, r, grad_input=self.da_r[:count])

    def _run_back(self, first: int, end: int) -> None:
        U = self._U
        for dh_before, dh, dh_of_each, da, da_of_gates, keep in reversed(self._steps_back[first:end]):
            da_of_gates.mul_(dh_of_each)
            dh_before.addcmul_(dh, keep).addmm_(da, U)

    def _own_terms(self, x: Tensor, first: int, end: int) -> None:
        count = end - first
        da = self.da[:count].flatten(0, 1)
        self.dUT.addmm_(self.h[first:end].flatten(0, 1).T, da)
        self.db_hh += da.sum(0)
        torch.mul(self.slope_n[:count], self.dh[first + 1 : end + 1], out=self.da_third[:count])  # from dm to da_n
        self.dWT.addmm_(x.T, da)
        self.db += da.sum(0)


class ResetBeforeTape(_GruTape):
    """As in the lessons; `q[t]` is r*h(t-1)."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.q = torch.empty_like(self.h[1:])
        self.dq = self.empty(size.batch, size.hidden)
        h, dh = self.h.unbind(0), self.dh.unbind(0)
        parts = (part.unbind(0) for part in (self.rz, self.r, self.z, self.third, self.q))
        self._steps = list(zip(h, *parts, h[1:], strict=False))
        hidden = size.hidden
        da_zn = self.da.unflatten(2, (3, hidden))[:, :, 1:]
        parts_back = (self.da[..., : 2 * hidden], self.da_r, self.da_third, da_zn, self.keep)
        chunked = (cycle(part.unbind(0)) for part in parts_back)
        dh_of_each = self.dh[1:].unsqueeze(2).unbind(0)
        self._steps_back = list(zip(dh, dh[1:], dh_of_each, self.r.unbind(0), *chunked, strict=False))

    def _begin(self, state: Sequence[Tensor], weights: Sequence[Tensor]) -> None:
        self.W, U, b, c = weights
        self.b = b + c
        self._U_rz, self._U_n = U.split((2 * self.size.hidden, self.size.hidden))
        self.UT.copy_(U.T)

    def _run(self, first: int, end: int) -> None:
        UT_rz, UT_n = self.UT.split((2 * self.size.hidden, self.size.hidden), 1)
        for before, rz, r, z, n, q, h in self._steps[first:end]:
            rz.addmm_(before, UT_rz).sigmoid_()
            n.addmm_(torch.mul(r, before, out=q), UT_n).tanh_()
            torch.lerp(before, n, z, out=h)

    def _candidate(self, first: int, end: int) -> Tensor:
        return self.third[first:end]

    def _slopes(self, first: int, end: int) -> None:
        super()._slopes(first, end)
        count = end - first
        r, z, n = (part[first:end] for part in (self.r, self.z, self.third))
        tanh_back(z, n, grad_input=self.da_third[:count])
        sigma_back(self.h[first:end], r, grad_input=self.da_r[:count])

    def _run_back(self, first: int, end: int) -> None:
        U_rz, U_n, dq = self._U_rz, self._U_n, self.dq
        steps = reversed(self._steps_back[first:end])
        for dh_before, dh, dh_of_each, r, da_rz, da_r, da_n, da_zn, keep in steps:
            da_zn.mul_(dh_of_each)
            da_r.mul_(torch.mm(da_n, U_n, out=dq))
            dh_before.addcmul_(dh, keep).addcmul_(dq, r).addmm_(da_rz, U_rz)

    def _own_terms(self, x: Tensor, first: int, end: int) -> None:
        da = self.da[: end - first].flatten(0, 1)
        sizes = (2 * self.size.hidden, self.size.hidden)
        for dUT, own, seen in zip(self.dUT.split(sizes, 1), da.split(sizes, 1), (self.h, self.q), strict=True):
            dUT.addmm_(seen[first:end].flatten(0, 1).T, own)
        self.dWT.addmm_(x.T, da)
        total = da.sum(0)
        self.db += total
        self.db_hh += total

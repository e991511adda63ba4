"""The GRU over a whole sequence, in both forms; the equations are in tuilab.engine.cells.gru."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from tuilab.engine.script import scripted
from tuilab.engine.tapes.slopes import sigma_back, tanh_back
from tuilab.engine.tapes.tape import Matrix, Size, Tape, add_product, project


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


class _After(NamedTuple):
    """What each time step reads and writes, forwards."""

    h: list[Tensor]
    a: list[Tensor]
    rz: list[Tensor]
    r: list[Tensor]
    z: list[Tensor]
    m: list[Tensor]
    n: list[Tensor]


class _AfterBack(NamedTuple):
    """What each reads and writes on the way back."""

    dh: list[Tensor]
    dh_of_each: list[Tensor]
    da: list[Tensor]
    da_of_gates: list[Tensor]
    keep: list[Tensor]


class ResetAfterTape(_GruTape):
    """U·h(t-1) is one product for all gates; the third part of `a` is m = U_n·h(t-1) + c_n."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.n = torch.empty_like(self.h[1:])
        self.slope_n = torch.empty_like(self.keep)
        forwards = (self.h, self.a, self.rz, self.r, self.z, self.third, self.n)
        backwards = (self.dh, self.dh.unsqueeze(2), self.da, self.da.unflatten(2, (3, size.hidden)), self.keep)
        self._steps, self._steps_back = _After(*map(self.each, forwards)), _AfterBack(*map(self.each, backwards))

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
        scripted(_run_after)(first, end, Matrix(self.UT.T, self.UT), self._steps)

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
        scripted(_run_after_back)(first, end, Matrix(self.UT, self._U), self._steps_back)

    def _own_terms(self, x: Tensor, first: int, end: int) -> None:
        count = end - first
        da = self.da[:count].flatten(0, 1)
        self.dUT.addmm_(self.h[first:end].flatten(0, 1).T, da)
        self.db_hh += da.sum(0)
        torch.mul(self.slope_n[:count], self.dh[first + 1 : end + 1], out=self.da_third[:count])  # from dm to da_n
        self.dWT.addmm_(x.T, da)
        self.db += da.sum(0)


class _Before(NamedTuple):
    """What each time step reads and writes, forwards."""

    h: list[Tensor]
    rz: list[Tensor]
    r: list[Tensor]
    z: list[Tensor]
    n: list[Tensor]
    q: list[Tensor]


class _BeforeBack(NamedTuple):
    """What each reads and writes on the way back."""

    dq: Tensor
    dh: list[Tensor]
    dh_of_each: list[Tensor]
    r: list[Tensor]
    da_rz: list[Tensor]
    da_r: list[Tensor]
    da_n: list[Tensor]
    da_zn: list[Tensor]
    keep: list[Tensor]


class ResetBeforeTape(_GruTape):
    """As in the lessons; `q[t]` is r*h(t-1)."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.q = torch.empty_like(self.h[1:])
        self.dq = self.empty(size.batch, size.hidden)
        forwards = (self.h, self.rz, self.r, self.z, self.third, self.q)
        da_zn = self.da.unflatten(2, (3, size.hidden))[:, :, 1:]
        da = (self.da[..., : 2 * size.hidden], self.da_r, self.da_third, da_zn)
        backwards = (self.dh, self.dh.unsqueeze(2), self.r, *da, self.keep)
        self._steps = _Before(*map(self.each, forwards))
        self._steps_back = _BeforeBack(self.dq, *map(self.each, backwards))

    def _begin(self, state: Sequence[Tensor], weights: Sequence[Tensor]) -> None:
        self.W, self._U, b, c = weights
        self.b = b + c
        self.UT.copy_(self._U.T)

    def _run(self, first: int, end: int) -> None:
        U_rz, U_n = map(Matrix, *self._parts_of_u())
        scripted(_run_before)(first, end, U_rz, U_n, self._steps)

    def _parts_of_u(self) -> tuple[Sequence[Tensor], Sequence[Tensor]]:
        """What goes to r and z, and what goes to n: of U, and of its transpose."""
        sizes = [2 * self.size.hidden, self.size.hidden]
        return self._U.split(sizes), self.UT.split(sizes, 1)

    def _candidate(self, first: int, end: int) -> Tensor:
        return self.third[first:end]

    def _slopes(self, first: int, end: int) -> None:
        super()._slopes(first, end)
        count = end - first
        r, z, n = (part[first:end] for part in (self.r, self.z, self.third))
        tanh_back(z, n, grad_input=self.da_third[:count])
        sigma_back(self.h[first:end], r, grad_input=self.da_r[:count])

    def _run_back(self, first: int, end: int) -> None:
        UT_rz, UT_n = map(Matrix, *reversed(self._parts_of_u()))
        scripted(_run_before_back)(first, end, UT_rz, UT_n, self._steps_back)

    def _own_terms(self, x: Tensor, first: int, end: int) -> None:
        da = self.da[: end - first].flatten(0, 1)
        sizes = (2 * self.size.hidden, self.size.hidden)
        for dUT, own, seen in zip(self.dUT.split(sizes, 1), da.split(sizes, 1), (self.h, self.q), strict=True):
            dUT.addmm_(seen[first:end].flatten(0, 1).T, own)
        self.dWT.addmm_(x.T, da)
        total = da.sum(0)
        self.db += total
        self.db_hh += total


def _run_after(first: int, end: int, U: Matrix, each: _After) -> None:
    h, a, rz, r, z, m, n = each
    for t in range(first, end):
        add_product(a[t], h[t], U)
        rz[t].sigmoid_()
        torch.lerp(h[t], n[t].addcmul_(r[t], m[t]).tanh_(), z[t], out=h[t + 1])


def _run_after_back(first: int, end: int, UT: Matrix, each: _AfterBack) -> None:
    dh, dh_of_each, da, da_of_gates, keep = each
    for t in range(end - 1, first - 1, -1):
        now = t - first
        da_of_gates[now].mul_(dh_of_each[t + 1])
        dh[t].addcmul_(dh[t + 1], keep[now])
        add_product(dh[t], da[now], UT)


def _run_before(first: int, end: int, U_rz: Matrix, U_n: Matrix, each: _Before) -> None:
    h, rz, r, z, n, q = each
    for t in range(first, end):
        add_product(rz[t], h[t], U_rz)
        rz[t].sigmoid_()
        add_product(n[t], torch.mul(r[t], h[t], out=q[t]), U_n)
        torch.lerp(h[t], n[t].tanh_(), z[t], out=h[t + 1])


def _run_before_back(first: int, end: int, UT_rz: Matrix, UT_n: Matrix, each: _BeforeBack) -> None:
    dq_of_one, dh, dh_of_each, r, da_rz, da_r, da_n, da_zn, keep = each
    dq = dq_of_one.view_as(dh[0])
    for t in range(end - 1, first - 1, -1):
        now = t - first
        da_zn[now].mul_(dh_of_each[t + 1])
        dq.zero_()
        add_product(dq, da_n[now], UT_n)
        da_r[now].mul_(dq)
        dh[t].addcmul_(dh[t + 1], keep[now]).addcmul_(dq, r[t])
        add_product(dh[t], da_rz[now], UT_rz)

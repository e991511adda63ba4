"""The simple recurrent cell over a whole sequence; the equations are in tuilab.engine.cells.rnn."""

from collections.abc import Sequence

import torch
from torch import Tensor

from tuilab.engine.script import scripted
from tuilab.engine.tapes.tape import Matrix, Size, Tape, add_product


class RnnTape(Tape):
    """The sum and its tanh have the same place: `a` is h[1:]."""

    gates = 1

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.a = self.h[1:]
        self._each_h, self._each_dh, self._each_da = self.each(self.h), self.each(self.dh), self.each(self.da)

    def _begin(self, state: Sequence[Tensor], weights: Sequence[Tensor]) -> None:
        self.W, self._U, b_ih, b_hh = weights
        self.b = b_ih + b_hh
        self.UT.copy_(self._U.T)

    def _run(self, first: int, end: int) -> None:
        scripted(_run)(first, end, Matrix(self.UT.T, self.UT), self._each_h, False)

    def _final(self) -> tuple[Tensor, ...]:
        return (self.h[-1],)

    def _begin_back(self, d_final: Sequence[Tensor | None]) -> None:
        pass

    def _slopes(self, first: int, end: int) -> None:
        h = self.a[first:end]
        torch.mul(h, h, out=self.da[: end - first]).neg_().add_(1)

    def _run_back(self, first: int, end: int) -> None:
        scripted(_run_back)(first, end, Matrix(self.UT, self._U), self._each_da, self._each_dh)

    def _first_gradients(self) -> tuple[Tensor, ...]:
        return (self.dh[0],)

    def _weight_gradients(self) -> tuple[Tensor, ...]:
        return self.dWT.T, self.dUT.T, self.db, self.db


class ReluTape(RnnTape):
    """The same with max(a, 0) in the place of tanh."""

    def _run(self, first: int, end: int) -> None:
        scripted(_run)(first, end, Matrix(self.UT.T, self.UT), self._each_h, True)

    def _slopes(self, first: int, end: int) -> None:
        torch.sign(self.a[first:end], out=self.da[: end - first])


def _run(first: int, end: int, U: Matrix, h: list[Tensor], relu: bool) -> None:
    for t in range(first, end):
        add_product(h[t + 1], h[t], U)
        if relu:
            h[t + 1].relu_()
        else:
            h[t + 1].tanh_()


def _run_back(first: int, end: int, UT: Matrix, da: list[Tensor], dh: list[Tensor]) -> None:
    for t in range(end - 1, first - 1, -1):
        add_product(dh[t], da[t - first].mul_(dh[t + 1]), UT)

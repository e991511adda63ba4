"""The simple recurrent cell over a whole sequence; the equations are in tuilab.engine.cells.rnn."""

from collections.abc import Sequence
from itertools import cycle, pairwise

import torch
from torch import Tensor

from tuilab.engine.tapes.tape import Size, Tape


class RnnTape(Tape):
    """The sum and its tanh have the same place: `a` is h[1:]."""

    gates = 1

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.a = self.h[1:]
        h, dh = self.h.unbind(0), self.dh.unbind(0)
        self._steps = list(pairwise(h))
        self._steps_back = list(zip(cycle(self.da.unbind(0)), dh, dh[1:], strict=False))

    def _begin(self, state: Sequence[Tensor], weights: Sequence[Tensor]) -> None:
        self.W, self._U, b_ih, b_hh = weights
        self.b = b_ih + b_hh
        self.UT.copy_(self._U.T)

    def _run(self, first: int, end: int) -> None:
        UT = self.UT
        for before, h in self._steps[first:end]:
            h.addmm_(before, UT).tanh_()

    def _final(self) -> tuple[Tensor, ...]:
        return (self.h[-1],)

    def _begin_back(self, d_final: Sequence[Tensor | None]) -> None:
        pass

    def _slopes(self, first: int, end: int) -> None:
        h = self.a[first:end]
        torch.mul(h, h, out=self.da[: end - first]).neg_().add_(1)

    def _run_back(self, first: int, end: int) -> None:
        U = self._U
        for da, dh_before, dh in reversed(self._steps_back[first:end]):
            dh_before.addmm_(da.mul_(dh), U)

    def _first_gradients(self) -> tuple[Tensor, ...]:
        return (self.dh[0],)

    def _weight_gradients(self) -> tuple[Tensor, ...]:
        return self.dWT.T, self.dUT.T, self.db, self.db


class ReluTape(RnnTape):
    """The same with max(a, 0) in the place of tanh."""

    def _run(self, first: int, end: int) -> None:
        UT = self.UT
        for before, h in self._steps[first:end]:
            h.addmm_(before, UT).relu_()

    def _slopes(self, first: int, end: int) -> None:
        torch.sign(self.a[first:end], out=self.da[: end - first])

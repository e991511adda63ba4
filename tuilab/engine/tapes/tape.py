"""What the tapes of all cells share: time in chunks, and the products that do not wait for the step before.

The gates of a cell stand side by side in one array `a` (time, batch, gates·hidden). Forwards, W·x + b of a whole
chunk of time steps is one product; step by step there are only U·h(t-1) and the gates. Backwards, the slopes of the
gates come for a whole chunk, then step by step da, the gradient with respect to what goes into the gates; the
gradients of W, U and b are again one product for each chunk. A chunk is what the processor's cache holds.

The views of each time step are made once, with the tape: making one takes as long as multiplying two small arrays. Of
a batch of one they are vectors, for a matrix times a vector is quicker than a product of matrices. The loops over time
are plain functions made to be scripted (tuilab.engine.script): Python would take as long as the operations do.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

import torch
from torch import Tensor

from tuilab.engine.script import listed

_CHUNK = 1 << 17  # numbers in the gates of a chunk


class Size(NamedTuple):
    """What a tape is made for."""

    time: int
    batch: int
    inputs: int
    hidden: int
    dtype: torch.dtype
    device: torch.device


class Matrix(NamedTuple):
    """A matrix, and its transpose."""

    M: Tensor
    MT: Tensor


class Tape(ABC):
    """One pass of one cell: `h[t]` is the hidden state before step t, `dh[t]` the gradient with respect to it."""

    gates: ClassVar[int]

    def __init__(self, size: Size) -> None:
        self.size = size
        time, batch, width = size.time, size.batch, self.gates * size.hidden
        self.h = self.empty(time + 1, batch, size.hidden)
        self.dh = torch.empty_like(self.h)
        self.d_outputs = self.dh[1:]
        self.a = self.empty(time, batch, width)
        self.chunk = min(time, max(1, _CHUNK // (batch * width))) if size.device.type != "cuda" else time
        self.da = self.empty(self.chunk, batch, width)
        self.UT = self.empty(size.hidden, width)
        self.dWT, self.dUT, self.db = self.empty(size.inputs, width), torch.empty_like(self.UT), self.empty(width)

    def empty(self, *shape: int) -> Tensor:
        """An array for numbers to come."""
        return torch.empty(shape, dtype=self.size.dtype, device=self.size.device)

    def each(self, array: Tensor) -> list[Tensor]:
        """Of (time, batch, …) what belongs to each time step, (batch, …)."""
        return listed((array.squeeze(1) if self.size.batch == 1 else array).unbind(0))

    def forward(self, x: Tensor, state: Sequence[Tensor], weights: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """Run over x (time, batch, inputs); return the states after the last step. `h[1:]` are the outputs."""
        self.h[0] = state[0]
        self._begin(state, weights)
        for first, end in self._chunks():
            self._project(x[first:end].flatten(0, 1), first, end)
            self._run(first, end)
        return self._final()

    def backward(
        self, x: Tensor, d_outputs: Tensor | None, d_final: Sequence[Tensor | None], dx: Tensor | None
    ) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
        """Run back from the gradients with respect to what came out; None stands for zero.

        Those with respect to the outputs may have been put into `self.d_outputs`, which is given then.
        The gradient with respect to x is written to `dx` where there is one; those with respect to the first states,
        and those with respect to the weights, are returned.
        """
        self._start_back(d_outputs, d_final[0])
        self._begin_back(d_final)
        for first, end in reversed(list(self._chunks())):
            self._slopes(first, end)
            self._run_back(first, end)
            self._own_terms(x[first:end].flatten(0, 1), first, end)
            if dx is not None:
                torch.mm(self.da[: end - first].flatten(0, 1), self.W, out=dx[first:end].flatten(0, 1))
        return self._first_gradients(), self._weight_gradients()

    def _start_back(self, d_outputs: Tensor | None, d_last: Tensor | None) -> None:
        self.dh[0] = 0
        if d_outputs is not self.d_outputs:
            self.d_outputs.copy_(d_outputs) if d_outputs is not None else self.d_outputs.zero_()
        if d_last is not None:
            self.dh[-1] += d_last
        for total in (self.dWT, self.dUT, self.db):
            total.zero_()

    def _chunks(self) -> list[tuple[int, int]]:
        time = self.size.time
        return [(first, min(first + self.chunk, time)) for first in range(0, time, self.chunk)]

    def _project(self, x: Tensor, first: int, end: int) -> None:
        """Put W·x + b of a chunk into `a`."""
        project(self.b, x, self.W, self.a[first:end].flatten(0, 1))

    def _own_terms(self, x: Tensor, first: int, end: int) -> None:
        """Add what each step of a chunk gives to the gradients of W, U and b."""
        da = self.da[: end - first].flatten(0, 1)
        self.dUT.addmm_(self.h[first:end].flatten(0, 1).T, da)
        self.dWT.addmm_(x.T, da)
        self.db += da.sum(0)

    W: Tensor
    b: Tensor

    @abstractmethod
    def _begin(self, state: Sequence[Tensor], weights: Sequence[Tensor]) -> None:
        """Set W, b and UT, and whatever else the steps ask for."""

    @abstractmethod
    def _run(self, first: int, end: int) -> None:
        """Take the steps from `first` up to `end`."""

    @abstractmethod
    def _final(self) -> tuple[Tensor, ...]:
        """The states after the last step."""

    @abstractmethod
    def _begin_back(self, d_final: Sequence[Tensor | None]) -> None:
        """Make ready for the way back."""

    @abstractmethod
    def _slopes(self, first: int, end: int) -> None:
        """Fill `da` with all that does not wait for the gradient from the steps after."""

    @abstractmethod
    def _run_back(self, first: int, end: int) -> None:
        """Take the same steps backwards, last one first."""

    @abstractmethod
    def _first_gradients(self) -> tuple[Tensor, ...]:
        """With respect to the states before the first step."""

    @abstractmethod
    def _weight_gradients(self) -> tuple[Tensor, ...]:
        """With respect to the weights, in their order."""


def project(b: Tensor, x: Tensor, W: Tensor, out: Tensor) -> None:
    """W·x + b of many x (n, inputs); a single input is no product of matrices, which would take twice as long."""
    torch.addcmul(b, x, W.T, out=out) if x.shape[1] == 1 else torch.addmm(b, x, W.T, out=out)


def add_product(total: Tensor, x: Tensor, matrix: Matrix) -> None:
    """Add M·x; the rows of x (batch, n) are vectors, or it is one, (n,)."""
    if x.dim() == 1:
        total.addmv_(matrix.M, x)
    else:
        total.addmm_(x, matrix.MT)

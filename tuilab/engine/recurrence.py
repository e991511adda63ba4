"""The recurrence over a cell as one operation that torch's autograd knows."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from tuilab.engine.tapes.tape import Size, Tape


class Tapes:
    """Lends tapes, and takes them back for the next pass; `dh_norms` are those of the last way back (time,)."""

    def __init__(self, make: Callable[[Size], Tape]) -> None:
        self._make = make
        self.spare: list[Tape] = []
        self.dh_norms: Tensor | None = None

    def lend(self, size: Size) -> "Loan":
        """A tape that nobody else writes on while the loan lives; spare ones of another size are let go."""
        fitting = [tape for tape in self.spare if tape.size == size]
        self.spare = fitting[1:]
        return Loan(self, fitting[0] if fitting else self._new(size))

    @torch.inference_mode()
    def _new(self, size: Size) -> Tape:
        return self._make(size)

    def __reduce__(self) -> tuple[Any, ...]:
        return Tapes, (self._make,)  # a copy, or what is saved, has tapes of its own


class Loan:
    """Belongs to one pass; when autograd lets go of the pass, used or not, the tape is free again."""

    def __init__(self, tapes: Tapes, tape: Tape) -> None:
        self.tapes, self.tape = tapes, tape

    def __del__(self) -> None:
        self.tapes.spare = [self.tape, *self.tapes.spare[:1]]  # two at most, for two passes before either goes back


class _Pass(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, tapes: Tapes, states: int, x: Tensor, *tensors: Tensor) -> tuple[Tensor, ...]:
        state, weights = tensors[:states], tensors[states:]
        time, batch, inputs = x.shape
        ctx.loan = tapes.lend(Size(time, batch, inputs, state[0].shape[-1], x.dtype, x.device))
        ctx.save_for_backward(x, *weights)  # autograd then sees to it that nobody has changed them in between
        ctx.set_materialize_grads(False)
        with torch.inference_mode():
            final = ctx.loan.tape.forward(x, state, weights)
        return ctx.loan.tape.h[1:].clone(), *(part.clone() for part in final)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, d_outputs: Tensor | None, *d_final: Tensor | None) -> tuple[Tensor | None, ...]:
        x, *_ = ctx.saved_tensors
        tape, tapes = ctx.loan.tape, ctx.loan.tapes
        dx = x.new_empty(x.shape) if ctx.needs_input_grad[2] else None
        with torch.inference_mode():
            d_first, d_weights = tape.backward(x, d_outputs, d_final, dx)
        tapes.dh_norms = norms_of(tape)
        return None, None, dx, *(_fresh(d) for d in (*d_first, *d_weights))


def norms_of(tape: Tape) -> Tensor:
    """The norm of the gradient with respect to the hidden state after each time step (time,)."""
    return torch.linalg.vector_norm(tape.dh[1:], dim=(1, 2))


def _fresh(d: Tensor) -> Tensor:
    return d.clone(memory_format=torch.contiguous_format)


def recur(tapes: Tapes, x: Tensor, state: Sequence[Tensor], weights: Sequence[Tensor]) -> tuple[Tensor, ...]:
    """Run a cell over x (time, batch, inputs) from its first states (batch, hidden).

    Returned are the hidden states of all time steps (time, batch, hidden), and each state after the last one.
    """
    results: tuple[Tensor, ...] = _Pass.apply(tapes, len(state), x, *state, *weights)
    return results

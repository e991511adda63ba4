"""What an experiment does for whoever runs it: the worker's host, or the command line without a screen."""

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from tuilab.labs.spec import Spec


class Diverged(ArithmeticError):
    """Training stopped because a number is no longer finite; the text is a sentence for the learner."""


class Metrics(msgspec.Struct, frozen=True):
    """What one training step measured: the loss before the update, the gradient norm before clipping."""

    step: int
    loss: float
    gradient_norm: float


class Run(Protocol):
    """An experiment that goes step by step; made from its spec by `Training` of its `experiment` module."""

    step: int
    total: int

    def advance(self) -> Metrics:
        """Take one training step. Raises Diverged, with the step not taken."""

    def view(self) -> msgspec.Struct:
        """What there is to see now, of the lab's `view` type."""

    def state(self) -> dict[str, Any]:
        """Everything that the next step depends on, beside the spec and `step`: numpy arrays by name, not copied."""

    def restore(self, step: int, state: Mapping[str, Any]) -> None:
        """Go on from a state after `step` steps. Raises ValueError with a sentence."""

    def answer(self, question: Spec) -> msgspec.Struct:
        """Answer a question put to this run. Raises ValueError with a sentence."""


class Switchable(Run, Protocol):
    """A run of a spec that has `switchable` fields."""

    def change(self, spec: Any) -> None:
        """Go on with another spec, that differs in what is switched after the step it is at."""

    def tells(self, step: int, start: int) -> bool:
        """Whether all that is said after `step` is as it was where it is trained again from `start`."""

    def go_back(self, step: int, weights: Mapping[str, Any]) -> None:
        """Be where it was after `step` steps, with the weights of then."""


def check_moment(question: Spec, at: int, step: int) -> None:
    """Raise ValueError with a sentence where a run that is at `step` is asked for what it was at another one.

    The host makes of earlier moments, which it has kept, runs of their own.
    """
    if at not in (-1, step):
        raise ValueError(
            f"{question.kind}: at={at} is not there: earlier moments are kept of a run on the screen; this one is at "
            f"step {step}."
        )


def memory_sentence(error: Exception) -> str | None:
    """What to say where an experiment failed for want of memory, which torch words by system; else None."""
    told = any(words in str(error) for words in ("allocate memory", "not enough memory", "out of memory"))
    wanted = told or isinstance(error, MemoryError)
    return "There is not enough memory for this; choose smaller sizes." if wanted else None

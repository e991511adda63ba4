"""Asks a training what it is, or what it was at a moment that was kept."""

from typing import Any

import msgspec

from tuilab.labs.run import Run
from tuilab.records.keeper import Keeper


def answer(run: Run, keeper: Keeper, question: Any) -> Any:
    """Let a run answer, as it is or as it was where `at` and `towards` ask for that. Raises ValueError, RunError."""
    at, towards = getattr(question, "at", None), getattr(question, "towards", 0)
    if at is None:
        return run.answer(question)
    steps = sorted({*keeper.snapshots.steps, run.step})
    at = run.step if at < 0 else at
    if keeper.snapshots.refusal and (towards or at != run.step):
        raise ValueError(keeper.snapshots.refusal)
    if towards:
        beyond = [step for step in steps if (step - at) * towards > 0]
        at = min(beyond, key=lambda step: abs(step - at), default=at)
    question = msgspec.structs.replace(question, at=at)
    if at == run.step:
        return run.answer(question)
    if at not in steps:
        nearest = min(steps, key=lambda step: abs(step - at))
        raise ValueError(f"at={at} is no step that was kept of this run; the nearest is {nearest}.")
    return _as_it_was(run, keeper, at).answer(question)


def _as_it_was(run: Any, keeper: Keeper, at: int) -> Any:
    past = type(run)(run.spec)
    past.step = at
    past.put_weights(keeper.weights(at))
    return past

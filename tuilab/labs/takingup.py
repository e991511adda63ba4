"""Lets a training go on from a state that was kept, whatever may be in it."""

from collections.abc import Mapping
from typing import Any

from tuilab.labs.run import Run, memory_sentence

_DAMAGED = "What was saved cannot be gone on from, it is damaged or of another training; train again."


def take_up(training: Run, step: int, state: Mapping[str, Any]) -> None:
    """Be where it was after `step` steps. Raises ValueError with a sentence where the state does not fit."""
    if step > training.total:
        raise ValueError(f"What was saved is of step {step:,} of {training.total:,}; train again.")
    if other := _other(training.state(), state):
        raise ValueError(f"What was saved is of another training: {other}; train again.")
    try:
        training.restore(step, state)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RuntimeError) as error:
        if type(error) is ValueError and str(error).endswith("."):  # a sentence of the lab's
            raise
        if memory_sentence(error):
            raise
        raise ValueError(_DAMAGED) from None


def _other(mine: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """The first array of another kind than the training's own; how long it is may differ, labs look at that."""
    for name, array in given.items():
        own = mine.get(name)
        if own is not None and (own.dtype, own.shape[1:], own.ndim) != (array.dtype, array.shape[1:], array.ndim):
            return f"{name} is {array.dtype} of shape {array.shape}, not {own.dtype} like {own.shape}"
    return ""

"""The moments of a training in plain mode, which [ and ] go through."""

from typing import Any

import msgspec

from tuilab.labs.forms import Layer
from tuilab.labs.spec import MomentQuestion
from tuilab.plain.bench import Bench


def has_moments(bench: Bench) -> bool:
    """Whether a lab keeps moments of its training, or looks into a network that has some."""
    return _question(bench) is not None or isinstance(bench.spec, Layer)


def kept_of_model(bench: Bench, towards: int) -> int | None:
    """The step before (-1) or after (1) the one that is looked at of the network that a lab looks into.

    None for a lab that trains itself. Raises ValueError where the weights are fresh.
    """
    if not isinstance(bench.spec, Layer):
        return None
    view: Any = bench.view()
    steps, at = view.snapshots, bench.spec.at
    if not steps:
        raise ValueError("Fresh weights have no moments of a training; set model=last takes what was trained last.")
    place = steps.index(at) if at in steps else len(steps) - 1
    step: int = steps[max(0, min(len(steps) - 1, place + towards))]
    return step


def other_moment(bench: Bench, towards: int) -> tuple[str, msgspec.Struct]:
    """What the training was a moment before or after the one that was looked at last, under a heading.

    Raises ValueError, RunError.
    """
    question = _question(bench)
    if question is None:
        raise ValueError(f"{bench.spec.kind} keeps no moments of a training.")
    found: Any = bench.put(question(at=bench.moment, towards=towards))
    assert bench.training is not None
    bench.moment = found.step if found.step < bench.training.step else -1
    return f"After {found.step:,} of {bench.training.step:,} steps:", found


def _question(bench: Bench) -> type[MomentQuestion] | None:
    kinds = (each.spec for each in bench.lab.questions)
    return next((kind for kind in kinds if issubclass(kind, MomentQuestion)), None)

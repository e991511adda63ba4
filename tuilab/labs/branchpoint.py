"""Where a kept run can be branched from, and the spec that does so. Nothing is trained here: see `branching`."""

from pathlib import Path

import msgspec

from tuilab.labs import spelling
from tuilab.labs.spec import Field, FieldError, Spec, TrainingSpec, fields
from tuilab.records.about import about_run
from tuilab.records.snapshots import sound_steps
from tuilab.records.state import saved_step

_LENGTHS = ("steps", "iterations", "epochs")  # what the fields are called that say how long a lab trains


def moments(folder: Path) -> list[int]:
    """The steps of a run whose state is there, in order; its beginning is not among them."""
    return sorted({*sound_steps(folder), saved_step(folder) or 0} - {0})


def branched(folder: Path, at: int) -> tuple[Spec, str]:
    """The spec that goes on from a moment, and a sentence where it had to be given more steps for that.

    Raises ValueError with a sentence.
    """
    about = about_run(folder)
    if about is None:
        raise ValueError("That run is no longer there.")
    spec = spelling.parse(about.spelling)
    if not isinstance(spec, TrainingSpec):
        raise ValueError(f"A run of {spec.kind} cannot be branched.")
    branch = msgspec.structs.replace(spec, branch=f"{folder.name}@{at}")
    if about.finished != "done" or at < max(moments(folder), default=0):
        return branch, ""  # there is something left to train
    field = _length(branch)
    try:
        longer = field.parse(field.spell(2 * getattr(branch, field.name)))
        branch = msgspec.structs.replace(branch, **{field.name: longer})
    except (FieldError, ValueError):
        raise ValueError(
            f"This run ends at step {at:,}, and {field.name} is {field.allowed}; branch from an earlier moment."
        ) from None
    return branch, f"The run ends at step {at:,}: {field.name} is {longer:,} now, so that there is something to train."


def _length(spec: Spec) -> Field:
    """The field that says how long the training is."""
    names = ("seconds",) if getattr(spec, "equal", "") == "seconds" else _LENGTHS
    return next(field for field in fields(type(spec)) if field.name in names)

"""How the labs that look into a network spell an example of this lab."""

from typing import Any

from tuilab.labs.cell.spec import Cell
from tuilab.labs.shapes.spec import Example, Shapes
from tuilab.labs.spec import Show, Spec
from tuilab.labs.unroll.spec import Unroll, UnrollShow

UNROLLED, LONGEST = 8, 12  # units, and steps, that the unroll lab has room for


def inside(spec: Shapes, example: Example, t: int, name: str, at: int) -> tuple[Spec, Show | None]:
    """A kept network at a step of an example: a small RNN as a whole in the unroll lab, others in the cell lab."""
    whose: dict[str, Any] = {"model": name, "at": at, "example": max(0, example.number), "own": example.own}
    small = spec.cell == "rnn" and spec.hidden <= UNROLLED and len(example.steps) <= LONGEST
    if small and spec.form != "encdec":
        layer = Unroll(neurons=spec.hidden, inputs=1, batch=1, steps=len(example.steps), **whose)
        return layer, UnrollShow(step=t)
    return _cell(example, t, whose), None


def _cell(example: Example, t: int, whose: dict[str, Any]) -> Cell:
    """A unit; of an encoder or decoder with the steps of that part alone."""
    part = example.steps[t].part
    steps = [each for each, step in enumerate(example.steps) if step.part == part]
    return Cell(part="decoder" if part == "decoder" else "encoder", length=len(steps), t=t - steps[0], **whose)

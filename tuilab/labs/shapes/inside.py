"""How the cell lab spells an example of this lab."""

from tuilab.labs.cell.spec import Cell
from tuilab.labs.shapes.spec import Example


def inside(example: Example, t: int, name: str, at: int) -> Cell:
    """A unit of a kept network at a step of an example; of an encoder or decoder with the steps of that part alone."""
    part = example.steps[t].part
    steps = [each for each, step in enumerate(example.steps) if step.part == part]
    return Cell(
        model=name,
        at=at,
        example=max(0, example.number),
        own=example.own,
        part="decoder" if part == "decoder" else "encoder",
        length=len(steps),
        t=t - steps[0],
    )

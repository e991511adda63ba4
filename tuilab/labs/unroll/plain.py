"""The unroll lab in plain mode: where a number comes from, by its name; and the whole input."""

import re
from typing import Any

from tuilab.labs.unroll.arithmetic import explain
from tuilab.labs.unroll.blocks import place_of
from tuilab.labs.unroll.code import code as _code
from tuilab.labs.unroll.spec import Unroll, UnrollShow, UnrollTrace
from tuilab.widgets.blocks import Cell

EXAMPLES = {"lab": "steps[1].Y", "set": "seed=2", "edit": "Wx[0,1]=2", "why": "Y[0,1] t=1"}
KEYS = "o is set order=batch"

_BLOCKS = {
    "X": "X", "Wx": "Wx", "Wy": "Wy", "b": "b", "sum": "sum", "Y": "Y",
    "XWx": "X·Wx", "X·Wx": "X·Wx", "YWy": "Y·Wy", "Y·Wy": "Y·Wy", "Y_before": "Y(t-1)", "Y(t-1)": "Y(t-1)",
}  # fmt: skip
_TYPED = {block: name for name, block in _BLOCKS.items() if name.isascii() and name.isidentifier()}
_NAME = re.compile(
    r"(?:steps\[(?P<step>\d+)\]\.)?(?P<block>[^\[\s]+)(?P<place>(?:\[\d+(?:,\d+)*\])+)(?:\s+t=(?P<t>\d+))?"
)


def why(spec: Unroll, view: UnrollTrace, name: str, show: UnrollShow | None) -> str:
    """Write out `sum[0,1] t=1` or `steps[1].sum[0][1]`. Raises ValueError with a sentence."""
    found = _NAME.fullmatch(name)
    block = _BLOCKS.get(found["block"]) if found else None
    if found is None or block is None:
        asked = f"there is no number {name!r}. " if name else ""
        raise ValueError(f"unroll: {asked}There are {', '.join(_TYPED.values())}: write one as sum[0,1] t=1.")
    given = found["step"] or found["t"]
    t = int(given) if given else min((show or UnrollShow()).step, spec.steps - 1)
    t, cell = _cell(spec, block, found["place"], t)
    if t >= spec.steps:
        raise ValueError(f"unroll: there is no time step t={t}; they go from 0 to {spec.steps - 1}.")
    try:
        sentence = explain(view, t, cell, None)[0]
    except IndexError:
        raise ValueError(f"unroll: there is no {cell}; lab shows each array with its shape.") from None
    return sentence if cell.block in ("Wx", "Wy", "b", "X") else f"At t={t}: {sentence}"


def look(show: UnrollShow) -> str:
    """The command that tells what a page wants to be looked at."""
    if show.part == "input":
        return "lab X"
    cell = Cell.parse(show.cursor)
    return f"why {_typed(cell)} t={show.step}" if cell else f"lab steps[{show.step}]"


def more(spec: Unroll, view: UnrollTrace) -> dict[str, Any]:
    """What can be printed beside the answer: the whole input, in the order that is set."""
    X = [step.X for step in view.steps]
    return {"X": X if spec.order == "time" else [[rows[n] for rows in X] for n in range(spec.batch)]}


def code(spec: Unroll, view: UnrollTrace) -> str:
    """The layer in plain torch, with its numbers."""
    return _code(view)


def _cell(spec: Unroll, block: str, place: str, t: int) -> tuple[int, Cell]:
    """The time step and the number that a place names; X[1][0,2] is in the order that is shown."""
    numbers = [int(number) for number in re.findall(r"\d+", place)]
    if block == "X" and len(numbers) == 3:
        shown = place.count("[") > 1
        t, row, column = numbers
        if shown:
            t, row = (place_of(spec, Cell(f"X[{t}]", row, column), 0) or ("X", (t, row)))[1][:2]
        return t, Cell(block, row, column)
    if block == "b":
        numbers = [0, numbers[-1]]
    if len(numbers) != 2:
        raise ValueError(f"unroll: {block}{place} is no place; write it as {block}[0,1].")
    return t, Cell(block, *numbers)


def _typed(cell: Cell) -> str:
    """The name of a number in letters that every keyboard has."""
    return str(cell._replace(block=_TYPED.get(cell.block, cell.block)))

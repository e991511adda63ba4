"""The series lab in plain mode."""

import re
from typing import Any

from tuilab.labs.series.code import code as _code
from tuilab.labs.series.sentences import aliasing
from tuilab.labs.series.sentences import told as _told
from tuilab.labs.series.sentences import why as _why
from tuilab.labs.series.spec import Series, SeriesShow, SeriesTrace
from tuilab.widgets.blocks import Cell

EXAMPLES = {"lab": "windows[0].targets", "set": "wave=square", "why": "targets[1,4]"}
KEYS = "s is set step=1, v is set wave=square, e is set wave=sum parts=1:1,3:0.5, + is set length=31"
_SAMPLING = ("spacing", "places", "limit", "alias")
_NAME = re.compile(r"(?:windows\[(\d+)\]\.)?(inputs|targets)\[(\d+)(?:[,\]]\[?(\d+))?(?:[,\]]\[?0)?\]")


def why(spec: Series, view: SeriesTrace, rest: str, show: SeriesShow | None) -> str:
    """Say where `targets[1,4]` or `windows[1].targets[4]` comes from. Raises ValueError with a sentence."""
    cell = _cell(rest or (show.cursor if show else "") or "inputs[0,0]")
    if cell is None:
        raise ValueError(f"series: there is no number {rest!r}; write one as targets[1,4]: its window, its step.")
    batch, steps, _ = view.inputs
    if cell.row >= batch or cell.column >= steps:
        raise ValueError(
            f"series: there is no {cell}; windows go from 0 to {batch - 1}, their steps from 0 to {steps - 1}."
        )
    said = [_told(spec, view, cell), _why(spec, view, cell), aliasing(spec, view)]
    return "\n".join(line for line in said if line)


def _cell(text: str) -> Cell | None:
    """Read the name of a number; None where it is none."""
    found = _NAME.fullmatch(text.replace(" ", ""))
    if found is None:
        return None
    window, block, first, second = found.groups()
    numbers = [each for each in (window, first, second) if each is not None]
    return Cell(block, *map(int, numbers)) if len(numbers) == 2 else None


def look(show: SeriesShow) -> str:
    """The command that tells what a page wants to be looked at."""
    return f"why {show.cursor}" if show.cursor else "lab"


def more(spec: Series, view: SeriesTrace) -> dict[str, Any]:
    """What can be printed beside the answer: the arrays of the batch."""
    return _arrays(view)


def code(spec: Series, view: SeriesTrace) -> str:
    """The series and its batch in plain torch."""
    return _code(spec)


def told(answer: object) -> str:
    """What there is, and how to read on."""
    if not isinstance(answer, SeriesTrace):
        return ""
    batch, steps, _ = answer.inputs
    firsts = ", ".join(f"{window.first}" for window in answer.windows[:8]) + (" …" if batch > 8 else "")
    return (
        f"{len(answer.values):,} points, {answer.spacing:.4g} apart. Windows of {steps} begin at points {firsts}: "
        f"inputs and targets are ({batch}, {steps}, 1). lab windows[0] prints one step by step, lab inputs the array."
    )


def brief(answer: object) -> object:
    """What is printed without being asked for: not the curves, which are many numbers."""
    if not isinstance(answer, SeriesTrace):
        return answer
    return {name: getattr(answer, name) for name in ("inputs", "targets", *_SAMPLING)}


def compared(answer: SeriesTrace) -> object:
    """What is told of a change of settings: of the batch as one array, however many windows it has."""
    return {name: getattr(answer, name) for name in _SAMPLING} | _arrays(answer)


def _arrays(view: SeriesTrace) -> dict[str, Any]:
    return {name: [getattr(window, name) for window in view.windows] for name in ("inputs", "targets")}

"""The unrolled network as text: a box for each time step, what goes into it, what comes out, and where the loss is.

Each step is six columns wide: the arrow from the one before, and a box of five. A decoder's boxes have double lines.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tuilab.labs.shapes.spec import ERROR, Example, Step
from tuilab.widgets.numbers import without_sign_of_zero

LABEL, WIDE = 6, 6
_SINGLE, _DOUBLE = tuple("┌─┐│├└┘"), tuple("╔═╗║╠╚╝")
ROWS = ("t", "target", "loss", "said", "", "", "", "given")


class Shown(NamedTuple):
    """The steps that there is room for."""

    first: int
    end: int


def room_for(count: int, at: int, width: int) -> Shown:
    """Which of `count` steps are shown, `at` among them."""
    most = (width - LABEL) // WIDE
    if count > most:
        most = max(1, (width - LABEL - 1) // WIDE)  # and a column for the sign that it is cut
    first = max(0, min(at - most // 2, count - most))
    return Shown(first, min(count, first + most))


def picture(example: Example, at: int, width: int, unknown: int = 0) -> list[str]:
    """The rows of the picture, with step `at` in brackets; the first `unknown` steps out are not called wrong."""
    steps = example.steps
    shown = room_for(len(steps), at, width)
    columns = [_column(steps, t, at, t >= unknown and is_wrong(steps[t]), t > shown.first) for t in range(*shown)]
    labels = list(ROWS)
    labels[5] = "…" if shown.first else ""
    rows = [label.ljust(LABEL) + "".join(column[row] for column in columns) for row, label in enumerate(labels)]
    rows[5] = rows[5].rstrip() + ("…" if shown.end < len(steps) else "")
    parts = _parts(steps[shown.first : shown.end])
    return [*([parts] if parts else []), *(row.rstrip()[: width or None] for row in rows)]


def _column(steps: Sequence[Step], t: int, at: int, wrong: bool, follows: bool) -> list[str]:
    """The rows of one step; where it `follows` another that is shown, with the arrow from that."""
    step, last = steps[t], t == len(steps) - 1
    top_left, line, top_right, side, out, low_left, low_right = _DOUBLE if step.part == "decoder" else _SINGLE
    said, given = step.said is not None, step.given is not None
    number = f"▐{t}▌" if t == at else str(t)
    return [
        " " + number.center(WIDE - 1),
        " " + _written(step.target),
        " " + _written(step.loss),
        _marked(_written(step.said), "✗" if wrong else " "),
        f" {top_left}{line}{'▲' if said else line}{line}{top_right}",
        f"{'▶' if follows else ' '}{side} h {side if last else out}",
        f" {low_left}{line}{'▲' if given else line}{line}{low_right}",
        " " + _written(step.given),
    ]


def is_wrong(step: Step) -> bool:
    """Whether what is said at a step is another class than it should be, or is too far away."""
    if step.said is None or step.target is None:
        return False
    if isinstance(step.said, str) or isinstance(step.target, str):
        return step.said != step.target
    return abs(step.said - step.target) > ERROR


def _written(value: float | str | None) -> str:
    if value is None:
        return " " * (WIDE - 1)
    if isinstance(value, str):
        return value.center(WIDE - 1)
    return without_sign_of_zero(f"{value:.2f}").replace("-", "−").rjust(WIDE - 1)


def _marked(written: str, mark: str) -> str:
    """What stands over a box, with a mark right behind it; what fills the column goes one to the left for it."""
    return ((" " + written).rstrip() + mark).ljust(WIDE)[-max(WIDE, len(written) + 1) :]


def _parts(steps: Sequence[Step]) -> str:
    """The names of encoder and decoder over their steps; nothing where there are none."""
    counts = [(name, sum(step.part == name for step in steps)) for name in ("encoder", "decoder")]
    spans = [" " + f"{name} ".ljust(WIDE * count - 1, "─")[: WIDE * count - 1] for name, count in counts if count]
    return (" " * LABEL + "".join(spans)).rstrip()

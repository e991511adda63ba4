"""The figures of one run, or of several in one chart: each has its colour, and marks of its own on its line."""

import math
from bisect import bisect_left
from collections.abc import Sequence

from tuilab.ui.runs.curves import RunCurves, Stretch, View
from tuilab.widgets.plot import Figure, Line

LOOKS = ("line", "crosses", "dots", "pluses")
TITLES = {"loss": "loss", "gradient_norm": "gradient norm"}
LABELS = 8  # columns of those of the vertical axis, so that the charts stay as wide while the cursor moves
_MARKS = 9  # on the line of a series


def figure(runs: Sequence[RunCurves], measure: str, view: View, cursor: int, moments: Sequence[int] = ()) -> Figure:
    """What a chart shows of a measure."""
    lines: list[Line] = []
    single = len(runs) == 1
    for number, run in enumerate(runs):
        colour = (2 if measure == "gradient_norm" else 1) if single else number + 1
        parts = [part for each in run.stretches(measure, view) for part in (_positive(each) if view.log else [each])]
        lines += [Line("", xs, ys, colour=colour) for xs, ys in parts]
        if LOOKS[number] != "line":
            xs, ys = _marked(parts, view, number, len(runs))
            lines.append(Line("", xs, ys, LOOKS[number], colour))
    what = f"{TITLES[measure]}, mean of {view.mean} steps" if view.mean else TITLES[measure]
    title = f"{what} (log)" if view.log else what
    return Figure(
        title, "step", tuple(lines), (view.first, max(view.last, view.first + 1)),
        _close(lines) if view.log else None, view.log, uprights=(cursor,), feet=tuple(moments),
        label_width=LABELS,
    )  # fmt: skip


def _close(lines: Sequence[Line]) -> tuple[float, float] | None:
    """The logarithms that a chart reaches from and to where whole powers of ten would leave it empty; else None."""
    values = [y for line in lines for y in line.ys]
    if not values or max(values) >= 4 * min(values):
        return None
    low, high = math.log10(min(values)), math.log10(max(values))
    room = max(0.02, 0.05 * (high - low))
    return low - room, high + room


def _positive(stretch: Stretch) -> list[Stretch]:
    """On a logarithmic axis what is not above zero is a gap."""
    found: list[Stretch] = [([], [])]
    for x, y in zip(*stretch, strict=True):
        if y > 0:
            found[-1][0].append(x)
            found[-1][1].append(y)
        elif found[-1][0]:
            found.append(([], []))
    return [part for part in found if part[0]]


def _marked(parts: list[Stretch], view: View, number: int, count: int) -> Stretch:
    """A few points of a series, at other places than those of the other series."""
    xs: list[float] = []
    ys: list[float] = []
    span = view.last - view.first
    for place in range(_MARKS):
        x = view.first + span * (place + (number + 0.5) / count) / _MARKS
        reached = next((part for part in parts if part[0][0] <= x <= part[0][-1]), None)
        if reached is not None:
            at = bisect_left(reached[0], math.floor(x))
            at = min(at, len(reached[0]) - 1)
            xs.append(reached[0][at])
            ys.append(reached[1][at])
    return xs, ys

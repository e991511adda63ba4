"""The one place that knows plotext: axes and marks in, rows of coloured text out.

plotext keeps its figure in a global, so a figure is built in one synchronous call, from one thread.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import plotext

from tuilab.widgets.raster import Range

_COLOUR = re.compile(r"\x1b\[([\d;]*)m")
LEVEL = 7  # the colour of levels and their names
Ticks = tuple[tuple[float, ...], tuple[str, ...]]
"""Where they are, and their labels."""
Rows = list[list[tuple[str, int]]]
"""Each row is a list of pieces: text and the number of its colour, 0 for axes."""


@dataclass(frozen=True)
class Axes:
    """Axes without anything: width and height in cells, and for each axis, x and y, its range and its ticks."""

    size: tuple[int, int]
    ranges: tuple[Range, Range]
    ticks: tuple[Ticks, Ticks]

    @property
    def canvas(self) -> tuple[int, int]:
        """The cells between the axes, across and up; none where labels leave no room."""
        (width, height), (x_ticks, y_ticks) = self.size, self.ticks
        return max(0, width - 1 - max(map(len, y_ticks[1]), default=0)), max(0, height - 1 - bool(x_ticks[1]))


@dataclass(frozen=True)
class Marks:
    """Points of one colour; `marks` is one character for all, or one for each."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    marks: str | tuple[str, ...]
    colour: int


@lru_cache(maxsize=16)
def paint(axes: Axes, series: tuple[Marks, ...], names: tuple[tuple[str, float, float], ...]) -> Rows:
    """Draw series, the later above the earlier, and names that end at a place.

    Of a long training most drawings are like the last one, and only looked up. The rows are not to be changed.
    """
    plotext.clear_data()
    plotext.limit_size(False, False)  # else to that of a terminal, which the chart knows better
    plotext.theme("clear")
    plotext.plotsize(*axes.size)
    (x_range, y_range), (x_ticks, y_ticks) = axes.ranges, axes.ticks
    plotext.xlim(*x_range)
    plotext.ylim(*y_range)
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    plotext.xticks(*map(list, x_ticks))
    plotext.yticks(*map(list, y_ticks))
    plotext.plot([x_range[0]], [y_range[0]], marker=" ")  # axes are drawn even where there are no points yet
    for each in series:
        marks = each.marks if isinstance(each.marks, str) else list(each.marks)
        plotext.scatter(list(each.xs), list(each.ys), marker=marks, color=each.colour)
    for name, x, y in names:
        plotext.text(name, x, y, color=LEVEL, alignment="right")
    return [_pieces(row) for row in plotext.build().splitlines()]


def _pieces(row: str) -> list[tuple[str, int]]:
    """Split a row at its colours; plotext writes a colour as 38;5;N and ends it with 0."""
    pieces, colour = list[tuple[str, int]](), 0
    for number, part in enumerate(_COLOUR.split(row)):
        if number % 2:
            colour = int(part[5:]) if part.startswith("38;5;") else 0
        elif part and pieces and pieces[-1][1] == colour:
            pieces[-1] = (pieces[-1][0] + part, colour)
        elif part:
            pieces.append((part, colour))
    return pieces

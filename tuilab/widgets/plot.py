"""The one place that knows plotext: a figure in, rows of coloured text out.

plotext keeps its figure in a global, so a figure is built in one synchronous call, from one thread.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import plotext

from tuilab.widgets.decimate import between, decimate
from tuilab.widgets.raster import Range, line_marks, middles

_COLOUR = re.compile(r"\x1b\[([\d;]*)m")
MARKERS = {"line": "braille", "dots": "dot", "crosses": "x", "pluses": "+"}
ASCII_MARKERS = {"line": "*", "dots": "o", "crosses": "x", "pluses": "+"}  # plotext takes any character


@dataclass(frozen=True)
class Line:
    """One series of a figure; `colour` numbers the chart's series colours.

    `look` is 'line', 'dots', 'crosses' or 'pluses'.
    """

    name: str
    xs: Sequence[float]
    ys: Sequence[float]
    look: str = "line"
    colour: int = 1


@dataclass(frozen=True)
class Figure:
    """What a chart shows. `x_range` None fits the data; `levels` are horizontal lines with a name.

    Where the series take their `turns`, each has its marks in columns of its own, so that none covers another.
    """

    title: str
    x_label: str
    lines: tuple[Line, ...] = ()
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    log: bool = False
    levels: tuple[tuple[str, float], ...] = ()
    turns: bool = False


Rows = list[list[tuple[str, int]]]
"""Each row is a list of pieces: text and the number of its colour, 0 for axes."""


def draw(figure: Figure, width: int, height: int, ascii_only: bool = False) -> Rows:
    """Draw a figure on `width` by `height` cells; the rows may be shorter than `width`.

    `ascii_only` is about the marks of the points: axes are drawn as ever, and turned into ASCII with all the rest.
    """
    lines = [_fitted(line, figure.log, width) for line in figure.lines]
    y_range = low, high = _range(figure, [y for line in lines for y in line.ys])
    x_range = left, right = figure.x_range or _extent([x for line in lines for x in line.xs], (0.0, 1.0))
    y_ticks = decades(low, high, max(2, height // 2)) if figure.log else nice_ticks(low, high, max(3, height // 3))
    x_ticks = nice_ticks(left, right, max(2, width // 12))
    y_labels, x_labels = _labels(y_ticks, figure.log), _labels(x_ticks, log=False)
    _begin(width, height, x_range, y_range)
    plotext.yticks(y_ticks, y_labels)
    plotext.xticks(x_ticks, x_labels)
    for name, level in figure.levels:
        y = math.log10(level) if figure.log else level
        if low <= y <= high:
            plotext.plot([left, right], [y, y], marker="-" if ascii_only else "┄", color=7)
            plotext.text(name, right, y, color=7, alignment="right")
    canvas = width - 1 - max(map(len, y_labels), default=0), height - 1 - bool(x_labels)
    if figure.turns:
        places = middles(np.arange(canvas[0]), x_range, canvas[0])
        lines = [_in_turn(line, places[number :: len(lines)]) for number, line in enumerate(lines)]
    for line in sorted(lines, key=lambda line: line.look != "line"):  # a line below the marks of others is still seen
        marks = (ASCII_MARKERS if ascii_only else MARKERS)[line.look]
        if line.xs and line.look == "line":
            xs, ys, cells = line_marks((line.xs, line.ys), (x_range, y_range), canvas, marks)
            plotext.scatter(xs, ys, marker=cells, color=line.colour)
        elif line.xs:
            plotext.scatter(line.xs, line.ys, marker=marks, color=line.colour)
    return [_pieces(row) for row in plotext.build().splitlines()]


def _begin(width: int, height: int, x_range: Range, y_range: Range) -> None:
    """Empty axes; they are drawn even where there are no points yet."""
    plotext.clear_data()
    plotext.limit_size(False, False)  # else to that of a terminal, which the chart knows better
    plotext.theme("clear")
    plotext.plotsize(width, height)
    plotext.xlim(*x_range)
    plotext.ylim(*y_range)
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    plotext.plot([x_range[0]], [y_range[0]], marker=" ")


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Choose at most about `most` round places between low and high."""
    span = high - low
    if span <= 0 or not math.isfinite(span):
        return [low]
    raw = span / most
    magnitude = 10.0 ** math.floor(math.log10(raw))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10) if m * magnitude >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 12) for i in range(first, math.floor(high / step + 1e-9) + 1)]


def decades(low: float, high: float, most: int) -> list[float]:
    """At most `most` whole powers of ten between two logarithms, at equal distances."""
    powers = range(math.ceil(low), math.floor(high) + 1)
    return [float(power) for power in powers[:: max(1, -(-len(powers) // most))]]


def _fitted(line: Line, log: bool, width: int) -> Line:
    """Only what can be drawn: finite, positive on a log axis, no more marks than the canvas has dots."""
    x, y = np.asarray(line.xs, float), np.asarray(line.ys, float)
    drawn = np.isfinite(x) & np.isfinite(y) & (y > (0 if log else -math.inf))
    xs, ys = x[drawn].tolist(), (np.log10(y[drawn]) if log else y[drawn]).tolist()
    if line.look != "line":
        xs, ys = decimate(xs, ys, 2 * width)
    return replace(line, xs=xs, ys=ys)


def _in_turn(line: Line, places: list[float]) -> Line:
    """The marks of a series at its own places; where it has not come so far, as it is."""
    if line.look == "line":
        return line
    xs, ys = between(line.xs, line.ys, places)
    return replace(line, xs=xs, ys=ys) if xs else line


def _range(figure: Figure, values: list[float]) -> tuple[float, float]:
    """The range of the vertical axis; on a log axis whole decades, so that it seldom moves."""
    if figure.y_range:
        return figure.y_range
    low, high = _extent(values, (-1.0, 0.0) if figure.log else (0.0, 1.0))
    if figure.log:
        return math.floor(low), max(math.ceil(high), math.floor(low) + 1)
    ticks = nice_ticks(low, high, 3)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else (high - low)
    return math.floor(low / step) * step, math.ceil(high / step) * step


def _extent(values: list[float], default: tuple[float, float]) -> tuple[float, float]:
    if not values:
        return default
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _labels(ticks: Sequence[float], log: bool) -> list[str]:
    return [f"1e{tick:+.0f}" if log else f"{tick:,.10g}" for tick in ticks]


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

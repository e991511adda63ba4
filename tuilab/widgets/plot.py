"""What a chart shows, and what of it is drawn where: a figure in, rows of coloured text out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tuilab.widgets.decimate import between, decimate
from tuilab.widgets.paint import LEVEL, Axes, Marks, Rows, paint
from tuilab.widgets.raster import line_marks, middles, rows_of_line

MARKERS = {"line": "braille", "dots": "dot", "crosses": "x", "pluses": "+"}
ASCII_MARKERS = {"line": "*", "dots": "o", "crosses": "x", "pluses": "+"}  # plotext takes any character


@dataclass(frozen=True)
class Line:
    """One series of a figure; `colour` numbers the chart's series colours.

    `look` is 'line', 'dots', 'crosses', 'pluses', or the one character that each of its points is drawn with.
    """

    name: str
    xs: Sequence[float]
    ys: Sequence[float]
    look: str = "line"
    colour: int = 1


@dataclass(frozen=True)
class Figure:
    """What a chart shows. `x_range` None fits the data; `levels` are horizontal lines with a name.

    `uprights` are vertical lines, `feet` places marked on the horizontal axis. A line without a name has none in the
    legend. Where the series take their `turns`, each has its marks in columns of its own, so that none covers another.
    The labels of the vertical axis take `label_width` columns at least. `counted` says that the horizontal axis counts,
    rows or steps: its ticks are whole numbers.
    """

    title: str
    x_label: str
    lines: tuple[Line, ...] = ()
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    log: bool = False
    levels: tuple[tuple[str, float], ...] = ()
    turns: bool = False
    uprights: tuple[float, ...] = ()
    feet: tuple[float, ...] = ()
    label_width: int = 0
    counted: bool = False


def draw(figure: Figure, width: int, height: int, ascii_only: bool = False) -> Rows:
    """Draw a figure on `width` by `height` cells; the rows may be shorter than `width`.

    `ascii_only` is about the marks of the points: axes are drawn as ever, and turned into ASCII with all the rest.
    """
    lines = [_fitted(line, figure.log, width) for line in figure.lines]
    axes = _axes(figure, lines, (width, height))
    x_range, (low, high) = axes.ranges
    columns = axes.canvas[0]
    middle_of_each = middles(range(columns), x_range, columns)
    levels = [(name, math.log10(level) if figure.log else level) for name, level in figure.levels]
    levels = [(name, level) for name, level in levels if low <= level <= high]
    series = [
        Marks(tuple(middle_of_each), columns * (level,), "-" if ascii_only else "┄", LEVEL) for _, level in levels
    ]
    series += _pointers(figure, axes, ascii_only)
    if figure.turns:
        lines = [_in_turn(line, middle_of_each[number :: len(lines)]) for number, line in enumerate(lines)]
    at_line = not ascii_only and not levels and any(line.look == "line" and line.xs for line in lines)
    if at_line:  # what has the value of a line stands in its row: the names of the axis, and marks
        x_ticks, (places, names) = axes.ticks
        axes = replace(axes, ticks=(x_ticks, (tuple(rows_of_line(places, (low, high), axes.canvas[1])), names)))
    for line in sorted(lines, key=lambda line: line.look != "line"):  # a line below the marks of others is still seen
        mark = (ASCII_MARKERS if ascii_only else MARKERS).get(line.look, line.look)
        if line.look == "line" and line.xs:
            xs, ys, marks = line_marks((line.xs, line.ys), axes.ranges, axes.canvas, mark)
            series.append(Marks(tuple(xs), tuple(ys), tuple(marks), line.colour))
        elif line.xs:
            heights = rows_of_line(line.ys, (low, high), axes.canvas[1]) if at_line else line.ys
            series.append(Marks(tuple(line.xs), tuple(heights), mark, line.colour))
    return [*paint(axes, tuple(series), tuple((name, x_range[1], level) for name, level in levels))]


def _pointers(figure: Figure, axes: Axes, ascii_only: bool) -> list[Marks]:
    """What points at places of the horizontal axis: through the whole canvas, or from its lowest row."""
    (left, right), (low, high) = axes.ranges
    rows = axes.canvas[1]
    heights = tuple(middles(range(rows), (low, high), rows))
    upright, foot = ("|", "^") if ascii_only else ("│", "▴")
    feet = tuple(x for x in figure.feet if left <= x <= right)
    found = [Marks((x,) * rows, heights, upright, LEVEL) for x in figure.uprights if left <= x <= right and rows]
    return [Marks(feet, (low,) * len(feet), foot, LEVEL)] * bool(feet) + found


def _axes(figure: Figure, lines: list[Line], size: tuple[int, int]) -> Axes:
    """What the axes reach from and to, and their ticks: as many as there is room for."""
    width, height = size
    low, high = _range(figure, [y for line in lines for y in line.ys])
    left, right = figure.x_range or _extent([x for line in lines for x in line.xs], (0.0, 1.0))
    through = [math.log10(level) for _, level in figure.levels if figure.log and level > 0]
    if figure.log and high - low < 1:  # within one power of ten: places that are round as numbers
        rounds = nice_ticks(10**low, 10**high, max(3, height // 3))
        y_ticks, names = [math.log10(place) for place in rounds], _labels(rounds, log=False)
    elif figure.log:
        y_ticks = decades(low, high, max(2, height // 2), *through[:1])
        names = _labels(y_ticks, log=True)
    else:
        y_ticks = nice_ticks(low, high, max(3, height // 3))
        names = _labels(y_ticks, log=False)
    x_ticks = nice_ticks(left, right, max(2, width // 12))
    if figure.counted:
        x_ticks = [tick for tick in x_ticks if tick == int(tick)]
    names = tuple(name.rjust(figure.label_width) for name in names)
    ticks = (tuple(x_ticks), _labels(x_ticks, log=False)), (tuple(y_ticks), names)
    return Axes(size, ((left, right), (low, high)), ticks)


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


def decades(low: float, high: float, most: int, through: float | None = None) -> list[float]:
    """At most `most` whole powers of ten between two logarithms, at equal distances; where two, those at the ends.

    Where there are not all of them, `through` is among them, or else the lowest: a level that is drawn at a power of
    ten shall not lie in a row that is named after another one. Two stand where there are few rows, each of many powers:
    at the ends alone a row is as its name says.
    """
    powers = range(math.ceil(low), math.floor(high) + 1)
    if most <= 2 < len(powers):
        return [float(powers[0]), float(powers[-1])]
    step = max(1, -(-len(powers) // most))
    first = 0 if through is None or through not in powers else (int(through) - powers.start) % step
    return [float(power) for power in powers[first::step]]


def _fitted(line: Line, log: bool, width: int) -> Line:
    """Only what can be drawn: finite, positive on a log axis, no more points than the canvas has dots."""
    pairs = zip(line.xs, line.ys, strict=True)
    drawn = [(x, y) for x, y in pairs if math.isfinite(x) and math.isfinite(y) and (y > 0 or not log)]
    xs, ys = decimate([x for x, _ in drawn], [y for _, y in drawn], 2 * width)
    return replace(line, xs=xs, ys=[math.log10(y) for y in ys] if log else ys)


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


def _labels(ticks: Sequence[float], log: bool) -> tuple[str, ...]:
    return tuple(f"1e{tick:+.0f}" if log else f"{tick:,.10g}" for tick in ticks)

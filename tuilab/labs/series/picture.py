"""The batch as blocks of numbers, and its windows as figures: on the curve, and one of them step by step."""

import math
from dataclasses import dataclass

from tuilab.labs.series.sentences import place, point, value
from tuilab.labs.series.spec import Series, SeriesTrace
from tuilab.widgets.blocks import Block, Cell
from tuilab.widgets.decimate import decimate
from tuilab.widgets.plot import Figure, Line

CURVE, CURRENT, OTHERS, CURSOR = 7, 1, (2, 3, 4), 8  # colours
DOTS = 1000  # of which a chart may be wide
MARKS = "0123456789abcdefghijklmnopqrstuvwxyz"


def mark(window: int) -> str:
    """What a window is drawn with where the cursor is in another one: its number, as far as that is one character."""
    return MARKS[window] if window < len(MARKS) else "·"


def blocks(trace: SeriesTrace, with_steps: bool) -> list[list[Block]]:
    """Inputs above targets, a window in each row."""
    names = [f"{row} from {window.first}" for row, window in enumerate(trace.windows)]
    steps = [str(step) for step in range(trace.inputs[1])] if with_steps else ()
    return [
        [Block(name, rows, _title(name, shape), names, steps, show_shape=False)]
        for name, shape, rows in (
            ("inputs", trace.inputs, [window.inputs for window in trace.windows]),
            ("targets", trace.targets, [window.targets for window in trace.windows]),
        )
    ]


def _title(name: str, shape: list[int]) -> str:
    return f"{name}  (batch, steps, 1) = ({', '.join(map(str, shape))})"


@dataclass(frozen=True)
class Ground:
    """What stays while the cursor moves: the series as lines, and how far from nought the charts reach."""

    lines: tuple[Line, ...]
    most: float

    @classmethod
    def of(cls, spec: Series, trace: SeriesTrace) -> "Ground":
        """Reckon it, with no more points than a chart can show; what is 0.9999 reaches up to 1."""
        most = math.ceil(100 * max(map(abs, (*trace.values, *trace.wave)))) / 100
        points = decimate([place(spec, at) for at in range(spec.points)], trace.values, DOTS)
        if not trace.wave:
            return cls((Line("series", *points, "line", CURVE),), most or 1.0)
        wave = decimate(trace.wave_x, trace.wave, DOTS)
        return cls((Line("wave", *wave, "line", CURVE), Line("points", *points, "dots", CURSOR)), most or 1.0)


def curve(spec: Series, trace: SeriesTrace, cell: Cell, ground: Ground) -> Figure:
    """The series, each window on it, and where the number under the cursor lies."""
    windows = sorted(range(len(trace.windows)), key=lambda row: row == cell.row)  # the one of the cursor on top
    at = place(spec, point(trace, cell))
    cursor = Line("", [at], [value(trace, cell)], "crosses", CURSOR)
    lines = (*ground.lines, *(_window(spec, trace, row, row == cell.row) for row in windows), cursor)
    x_range, y_range = (spec.begin, spec.end), (-ground.most, ground.most)
    return Figure("windows where they lie", "x", lines, x_range, y_range, uprights=(at,))


def _window(spec: Series, trace: SeriesTrace, row: int, current: bool) -> Line:
    first, values = trace.windows[row].first, trace.windows[row].inputs
    look, colour = ("dots", CURRENT) if current else (mark(row), OTHERS[row % len(OTHERS)])
    xs = [place(spec, first + step) for step in range(len(values))]
    return Line(f"window {row}" if current else "", xs, values, look, colour)


def steps(trace: SeriesTrace, cell: Cell, ground: Ground) -> Figure:
    """The window under the cursor: what goes in at each step, and what is to be said there."""
    window, step = trace.windows[cell.row], float(cell.column)
    places = list(map(float, range(len(window.inputs))))
    lines = (
        Line("inputs", places, window.inputs, "dots", CURRENT),
        Line("targets", places, window.targets, "pluses", OTHERS[0]),
        Line("", [step], [value(trace, cell)], "crosses", CURSOR),
    )
    x_range, y_range = (0.0, places[-1]), (-ground.most, ground.most)
    return Figure(f"window {cell.row}", "step", lines, x_range, y_range, uprights=(step,))

"""The batch as blocks of numbers, and its windows as figures: on the curve, and one of them step by step."""

import math

from tuilab.labs.series.sentences import place, point, value
from tuilab.labs.series.spec import Series, SeriesTrace
from tuilab.widgets.blocks import Block, Cell
from tuilab.widgets.plot import Figure, Line

CURVE, CURRENT, OTHERS, CURSOR = 7, 1, (2, 3, 4), 8  # colours
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


def curve(spec: Series, trace: SeriesTrace, cell: Cell) -> Figure:
    """The series, each window on it, and where the number under the cursor lies."""
    xs = [place(spec, at) for at in range(spec.points)]
    if trace.wave:
        lines = [Line("wave", trace.wave_x, trace.wave, "line", CURVE)]
        lines += [Line("points", xs, trace.values, "dots", CURSOR)]
    else:
        lines = [Line("series", xs, trace.values, "line", CURVE)]
    order = sorted(range(len(trace.windows)), key=lambda window: window == cell.row)
    for row in order:
        window, current = trace.windows[row], row == cell.row
        there = slice(window.first, window.first + spec.length)
        look, colour = ("dots", CURRENT) if current else (mark(row), OTHERS[row % len(OTHERS)])
        lines.append(Line(f"window {row}" if current else "", xs[there], trace.values[there], look, colour))
    at = place(spec, point(trace, cell))
    lines.append(Line("", [at], [value(trace, cell)], "crosses", CURSOR))
    x_range = (spec.begin, spec.end)
    return Figure("windows where they lie", "x", tuple(lines), x_range, _height(trace), uprights=(at,))


def steps(trace: SeriesTrace, cell: Cell) -> Figure:
    """The window under the cursor: what goes in at each step, and what is to be said there."""
    window = trace.windows[cell.row]
    places = list(map(float, range(len(window.inputs))))
    step = float(cell.column)
    lines = (
        Line("inputs", places, window.inputs, "dots", CURRENT),
        Line("targets", places, window.targets, "pluses", OTHERS[0]),
        Line("", [step], [value(trace, cell)], "crosses", CURSOR),
    )
    x_range = (0.0, places[-1])
    return Figure(f"window {cell.row}", "step", lines, x_range, _height(trace), uprights=(step,))


def _height(trace: SeriesTrace) -> tuple[float, float]:
    """As far above nought as below it, in hundredths: what is 0.9999 reaches up to 1."""
    most = math.ceil(100 * max(map(abs, (*trace.values, *trace.wave)))) / 100 or 1.0
    return -most, most

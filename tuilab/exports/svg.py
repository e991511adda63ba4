"""The curves of a run as a small picture that scales, on a ground of its own: dark where the reader's is."""

import math
from collections.abc import Callable, Iterator
from html import escape
from typing import BinaryIO, NamedTuple

from tuilab.exports.curves import figures
from tuilab.exports.run import Run
from tuilab.widgets.plot import Figure, decades, nice_ticks

_WIDTH, _PANEL = 720, 210  # of the picture, and the height of each curve with its axes
_LEFT, _RIGHT, _TOP, _BOTTOM, _HEAD = 70, 35, 26, 34, 30
_HEAD_LETTERS = 95
_STYLE = """\
text { font: 12px system-ui, sans-serif; fill: #333333; } .title { font-weight: bold; }
.ground { fill: #ffffff; } .grid { stroke: #dddddd; } .curve { fill: none; stroke-width: 1.3; }
.c1 { stroke: #0060b0; } .c2 { stroke: #b04a00; }
@media (prefers-color-scheme: dark) {
text { fill: #d8d8d8; } .ground { fill: #1b1b1f; } .grid { stroke: #3a3a40; }
.c1 { stroke: #6cb6ff; } .c2 { stroke: #ffab70; } }"""


class _Axis(NamedTuple):
    """From a value to its place in pixels, and the values that are named."""

    place: Callable[[float], float]
    ticks: list[float]


def write(run: Run, file: BinaryIO) -> str:
    """Loss above, gradient norm below."""
    file.write(drawn(run.name, figures(run)).encode())
    return "The curves"


def drawn(title: str, panels: tuple[Figure, ...]) -> str:
    """An SVG document."""
    height = _HEAD + _PANEL * len(panels)
    shown = title if len(title) <= _HEAD_LETTERS else title[: _HEAD_LETTERS - 1] + "…"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="ground" width="{_WIDTH}" height="{height}"/>',
        _text(_LEFT, 20, shown, "title"),
    ]
    for number, figure in enumerate(panels):
        parts += _panel(figure, _HEAD + _PANEL * number)
    return "\n".join([*parts, "</svg>\n"])


def _panel(figure: Figure, top: float) -> Iterator[str]:
    """A curve with its axes, below `top`."""
    left, right, upper, lower = _LEFT, _WIDTH - _RIGHT, top + _TOP, top + _PANEL - _BOTTOM
    line = figure.lines[0]
    x, y = _axis(figure.x_range or (1.0, 2.0), (left, right), 8), _y_axis(figure, (lower, upper))
    scale = ", log scale" if figure.log else ""
    yield _text(left, upper - 9, figure.title + scale)
    for value in y.ticks:
        at = y.place(value)
        yield f'<path class="grid" d="M{left},{at:.1f}H{right}"/>'
        yield _text(left - 7, at + 4, f"{value:g}", anchor="end")
    yield f'<path class="grid" d="M{left},{lower}H{right}"/>'
    for value in filter(float.is_integer, x.ticks):
        at = x.place(value)
        yield f'<path class="grid" d="M{at:.1f},{lower}v5"/>'
        yield _text(at, lower + 17, f"{value:,.10g}", anchor="middle")
    yield _text(right, lower + 31, figure.x_label, anchor="end")
    places = [(x.place(a), y.place(b)) for a, b in zip(line.xs, line.ys, strict=True)]
    if len(places) == 1:  # a point has no line; a dash is seen
        places.append((places[0][0] + 4, places[0][1]))
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
    yield f'<polyline class="curve c{line.colour}" points="{points}"/>'


def _y_axis(figure: Figure, pixels: tuple[float, float]) -> _Axis:
    low, high = min(figure.lines[0].ys, default=0.0), max(figure.lines[0].ys, default=1.0)
    if low == high:
        low, high = (low / 2, high * 2) if figure.log else (low - 0.5, high + 0.5)
    if not figure.log:
        return _axis((low, high), pixels, 4)
    powers = _axis((math.log10(low), math.log10(high)), pixels, 4)
    named = [10**power for power in decades(math.log10(low), math.log10(high), 5)]
    return _Axis(lambda value: powers.place(math.log10(value)), named if len(named) > 1 else nice_ticks(low, high, 4))


def _axis(values: tuple[float, float], pixels: tuple[float, float], most: int) -> _Axis:
    (low, high), (first, last) = values, pixels
    return _Axis(lambda value: first + (last - first) * (value - low) / (high - low), nice_ticks(low, high, most))


def _text(x: float, y: float, text: str, style: str = "", anchor: str = "start") -> str:
    named = f' class="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{named}>{escape(text)}</text>'

"""Numbers of many sizes as a heatmap: a row for each moment, the newest last, on a logarithmic scale.

A cell tells its size by its glyph as well as by its colour, or, where there is room, by the exponent itself.
"""

import math
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tuilab.widgets.means import means_of

GLYPHS = ".:-=+*#%@"  # from small to large; a blank is nought, an exclamation mark is no finite number
NOUGHT, BROKEN = -1, len(GLYPHS)
LABEL = 9  # cells of a row's name, its mark included
LEAST, WIDEST = 4, 6  # cells from which a cell can hold its exponent, and that it takes at most
DECADES = 3  # that the scale spans at least


class Row(NamedTuple):
    """A moment, and its numbers; None is one that is not finite."""

    step: int
    values: Sequence[float | None]


class Heat(NamedTuple):
    """What is shown. A row after one of the steps in `marks` has a mark before it."""

    title: str
    column: str
    rows: Sequence[Row]
    marks: Collection[int] = ()


class Scale(NamedTuple):
    """Powers of ten: the lower end, and the upper."""

    low: int
    high: int

    def level(self, value: float | None) -> int:
        """The place of a number among the glyphs, or NOUGHT, or BROKEN."""
        if value is None:
            return BROKEN
        if value <= 0:
            return NOUGHT
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return max(0, min(len(GLYPHS) - 1, int(share * len(GLYPHS))))


class Layout(NamedTuple):
    """Cells of one column, and columns that share one; `columns` is the number of all columns."""

    cells: int
    group: int
    columns: int

    def group_of(self, column: int) -> range:
        """The columns that stand where this one does."""
        first = column // self.group * self.group
        return range(first, min(first + self.group, self.columns))

    def at(self, column: int) -> int:
        """Where the column begins."""
        return column // self.group * self.cells


def scale(rows: Sequence[Row]) -> Scale:
    """Whole decades around all the numbers in sight."""
    found = [value for row in rows for value in row.values if value]
    high = math.ceil(math.log10(max(found))) if found else 0
    low = math.floor(math.log10(min(found))) if found else -DECADES
    return Scale(min(low, high - DECADES), high)


def layout(count: int, room: int) -> Layout:
    """As wide as the room allows; where it is too narrow, neighbours share a cell."""
    group = max(1, -(-count // max(1, room)))
    return Layout(max(1, min(WIDEST, room // max(1, -(-count // group)))), group, count)


def largest(values: Sequence[float | None]) -> float | None:
    """What stands for several: the largest, so that no outbreak is lost."""
    return None if None in values else max(value for value in values if value is not None)


def cell_text(value: float | None, level: int, cells: int) -> str:
    """A cell: the exponent where there is room for it, else glyphs."""
    if cells >= LEAST:
        text = "!" if value is None else f"{math.floor(math.log10(value))}" if value > 0 else "0.0"
        return text.rjust(cells - 1) + " "
    return {BROKEN: "!", NOUGHT: " "}.get(level, GLYPHS[min(level, len(GLYPHS) - 1)]) * cells


def axis(count: int, place: Layout, marked: int, arrow: str = "^") -> str:
    """The numbers of the columns, with an arrow below the one that is marked; a number beside it is left out."""
    text = [" "] * (place.at(count - 1) + place.cells)
    text[place.at(marked) + (place.cells - 1) // 2] = arrow
    step = max(1, next(s for s in (1, 2, 5, 10, 20, 50, 100) if s * place.cells / place.group >= 6 or s == 100))
    for number in sorted({1, *range(step, count + 1, step)}):
        label, start = str(number), place.at(number - 1) + (place.cells - 1) // 2
        start = min(start, len(text) - len(label))
        if start >= 0 and not "".join(text[max(0, start - 1) : start + len(label) + 1]).strip():
            text[start : start + len(label)] = label
    return "".join(text)


class Heatmap(Widget, can_focus=True):
    """Shows what `source` gives. The cursor stays on the newest row until it is moved up; `end` takes it back."""

    BINDINGS = [
        Binding("up", "move(-1, 0)", "Up", show=False, tooltip="An earlier row"),
        Binding("down", "move(1, 0)", "Down", show=False, tooltip="A later row"),
        Binding("left", "move(0, -1)", "Left", show=False, tooltip="The column before"),
        Binding("right", "move(0, 1)", "Right", show=False, tooltip="The next column"),
        Binding("end", "newest", "Newest", show=False, tooltip="Follow the newest row again"),
    ]
    COMPONENT_CLASSES = {f"heat--{role}" for role in ("title", "axis", "mark", "cursor", "broken")}
    DEFAULT_CSS = """
    Heatmap { height: 1fr; min-height: 4; }
    Heatmap > .heat--title { text-style: bold; }
    Heatmap > .heat--axis { color: $text-muted; }
    Heatmap > .heat--mark { color: $primary; text-style: bold; }
    Heatmap > .heat--cursor { text-style: reverse bold; }
    Heatmap > .heat--broken { color: $error; text-style: bold; }
    """

    class Moved(Message):
        """The cursor stands on another number."""

    def __init__(self, source: Callable[[], Heat], id: str | None = None) -> None:
        super().__init__(id=id)
        self.source = source
        self.column = 0
        self.step: int | None = None  # of the row under the cursor; None is the newest
        self._heat = Heat("", "", ())
        self._scale, self._layout, self._top = Scale(-DECADES, 0), Layout(1, 1, 1), 0

    def redraw(self) -> None:
        """There is something new."""
        self._heat = self.source()
        rows = self._heat.rows
        count = len(rows[-1].values) if rows else 1
        self._layout = layout(count, self.size.width - LABEL)
        self.column = min(self.column, count - 1)
        room = max(1, self.size.height - 2)
        at, last = self.row, max(0, len(rows) - room)
        self._top = min(last, at) if at < last else last
        self._scale = scale(rows[self._top : self._top + room])
        self.refresh()

    @property
    def row(self) -> int:
        """The place of the row under the cursor."""
        rows = self._heat.rows
        if self.step is None:
            return max(0, len(rows) - 1)
        return max((place for place, row in enumerate(rows) if row.step <= (self.step or 0)), default=0)

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return self._heat.rows[self.row] if self._heat.rows else None

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor."""
        rows = self._heat.rows
        if not rows:
            return
        if down:
            at = max(0, self.row + down)
            self.step = rows[at].step if at < len(rows) - 1 else None
        self.column = max(0, min(self._layout.columns - 1, self.column + right))
        self._moved()

    def action_newest(self) -> None:
        """Follow the newest row."""
        self.step = None
        self._moved()

    def _moved(self) -> None:
        self.redraw()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Lay it out anew."""
        self.redraw()

    def render_line(self, y: int) -> Strip:
        """The title with the scale, the rows, the axis."""
        shown = len(self._heat.rows) - self._top
        room = max(1, self.size.height - 2)
        if y == 0:
            segments = self._title()
        elif y - 1 < min(shown, room):
            segments = self._row(self._top + y - 1)
        elif y - 1 == min(shown, room) and shown > 0:
            arrow = "▲" if means_of(self).unicode else "^"
            ticks = axis(self._layout.columns, self._layout, self.column, arrow)
            segments = [Segment(f"{self._heat.column:>{LABEL - 1}} {ticks}", self._role("axis"))]
        else:
            segments = []
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _title(self) -> list[Segment]:
        low, high = self._scale
        segments = [Segment(self._heat.title, self._role("title"))]
        if not self._heat.rows:
            return segments
        segments.append(Segment(f"   1e{low} ", self._role("axis")))
        segments += [Segment(glyph, self._style(level)) for level, glyph in enumerate(GLYPHS)]
        segments.append(Segment(f" 1e{high}", self._role("axis")))
        meaning = "   exponents"
        if self._layout.cells >= LEAST and Segment.get_line_length(segments) + len(meaning) <= self.size.width:
            segments.append(Segment(meaning, self._role("axis")))
        return segments

    def _row(self, at: int) -> list[Segment]:
        row, here = self._heat.rows[at], at == self.row
        before = self._heat.rows[at - 1].step if at else -1
        mark = any(before <= step < row.step for step in self._heat.marks if step)
        sign = ("▸" if means_of(self).unicode else ">") if mark else " "
        segments = [
            Segment(f"{row.step:>{LABEL - 2},}", self._role("mark" if here else "axis")),
            Segment(sign + " " * (LABEL - len(f"{row.step:>{LABEL - 2},}") - 1), self._role("mark")),
        ]
        for first in range(0, self._layout.columns, self._layout.group):
            group = self._layout.group_of(first)
            value = largest([row.values[column] for column in group])
            level = self._scale.level(value)
            style = self._style(level)
            if here and self.column in group:
                style = self._role("cursor")
            segments.append(Segment(cell_text(value, level, self._layout.cells), style))
        return segments

    def _style(self, level: int) -> Style:
        """The colours of a size; none where there are 16 colours or fewer."""
        if level == BROKEN:
            return self._role("broken")
        if level == NOUGHT or means_of(self).colours != "256":
            return self.rich_style
        dark = self.app.current_theme.dark
        ground = _SHADES[dark][level]
        return Style(color="#ffffff" if (level < 5) is dark else "#000000", bgcolor=ground)

    def _role(self, role: str) -> Style:
        return self.get_component_rich_style(f"heat--{role}")


_SHADES = {
    True: ("#1c1c1c", "#00005f", "#00005f", "#005f87", "#00875f", "#5faf5f", "#afd75f", "#ffd75f", "#ffffaf"),
    False: ("#eeeeee", "#d7ffff", "#afd7d7", "#87afd7", "#5fafaf", "#5f87af", "#5f5faf", "#5f0087", "#5f005f"),
}
"""Grounds for dark and light themes from small to large: colours of the palette of 256."""

"""Rows of a name, a bar and a number: cosines, from -1 to 1."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

_LONGEST_NAME, _LONGEST_BAR = 28, 60  # cells
_SIGN = 7  # cells, of the sign that there are more rows


class Bar(NamedTuple):
    """A row; `note` stands behind its number."""

    name: str
    value: float
    note: str = ""


class Layout(NamedTuple):
    """The cells of each part of a row."""

    number: int
    name: int
    bar: int


def layout(bars: Sequence[Bar], width: int) -> Layout:
    """Share the width of a row out: what the names need, and the rest for the bars."""
    number = len(str(len(bars)))
    name = min(_LONGEST_NAME, max((cell_len(bar.name) for bar in bars), default=0))
    note = max((cell_len(bar.note) for bar in bars), default=0)
    rest = width - 2 - number - 2 - name - 2 - 8 - max(note, _SIGN)
    return Layout(number, name, max(0, min(_LONGEST_BAR, rest)))


def bar(value: float, cells: int) -> str:
    """A bar; one below nought is drawn with another line."""
    length = round(min(1.0, abs(value)) * cells)
    return ("━" if value >= 0 else "╌") * length + " " * (cells - length)


def printable(text: str) -> str:
    """A word of any file as it can be drawn."""
    return "".join(character if character.isprintable() else "?" for character in text)


class Bars(Widget, can_focus=True):
    """Rows with a mark that goes up and down; `chosen` is the marked one's place."""

    BINDINGS = [
        Binding("down", "move(1)", "Row", key_display="↑ ↓", tooltip="Another row"),
        Binding("up", "move(-1)", "Row above", show=False),
    ]
    COMPONENT_CLASSES = {"bars--number", "bars--bar", "bars--chosen", "bars--note"}
    DEFAULT_CSS = """
    Bars { height: auto; }
    Bars > .bars--number { color: $text-muted; }
    Bars > .bars--bar { color: $primary; }
    Bars > .bars--chosen { text-style: bold; color: $primary; }
    Bars > .bars--note { color: $text-muted; }
    """

    class Left(Message):
        """The mark would go up from the first row."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.bars: Sequence[Bar] = ()
        self.chosen, self._top = 0, 0

    def show(self, bars: Sequence[Bar]) -> None:
        """Show these rows, the first marked."""
        grown = len(bars) != len(self.bars)
        self.bars, self.chosen, self._top = bars, 0, 0
        if grown:
            self.refresh(layout=True)
        else:
            self.refresh(Region(0, 0, self.size.width, len(bars)))  # not the lines below, of which there may be many

    def action_move(self, step: int) -> None:
        """Mark another row."""
        if self.chosen + step < 0:
            self.post_message(self.Left())
            return
        self.chosen = max(0, min(len(self.bars) - 1, self.chosen + step))
        height = max(1, self.size.height)
        self._top = max(self.chosen - height + 1, min(self._top, self.chosen))
        self.refresh()

    def on_resize(self) -> None:
        """Keep the marked row in sight."""
        self._top = max(self.chosen - max(1, self.size.height) + 1, 0)
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each row."""
        return max(1, len(self.bars))

    def render_line(self, y: int) -> Strip:
        """One row."""
        place, width = y + self._top, self.size.width
        if not 0 <= place < len(self.bars):
            return Strip.blank(width, self.rich_style)
        row, sizes = self.bars[place], layout(self.bars, width)
        marked = self.has_focus and place == self.chosen
        name = printable(row.name)
        if cell_len(name) > sizes.name:
            name = set_cell_size(name, sizes.name - 1) + "…"
        segments = [
            Segment("▸ " if marked else "  ", self._style("chosen")),
            Segment(f"{place + 1:>{sizes.number}}  ", self._style("number")),
            Segment(set_cell_size(name, sizes.name) + "  ", self._style("chosen") if marked else self.rich_style),
            Segment(bar(row.value, sizes.bar), self._style("bar")),
            Segment(f"{row.value:>8.3f}".replace("-", "−"), self.rich_style),
            Segment(row.note, self._style("note")),
        ]
        strip = Strip(segments).adjust_cell_length(width, self.rich_style)
        above, below = y == 0 and self._top > 0, y == self.size.height - 1 and place < len(self.bars) - 1
        if sign := " ▲ more" if above else " ▼ more" if below else "":
            strip = Strip([*strip.crop(0, width - len(sign)), Segment(sign, self._style("note"))])
        return strip

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"bars--{name}")

"""A widget of number blocks with a cursor; it scrolls by itself so that the cursor stays in sight."""

from collections.abc import Collection, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tuilab.widgets.blocks import Block, Canvas, Cell, Piece, find, first_cell, lay_out, neighbour, numbers_of
from tuilab.widgets.means import means_of


class NumberGrid(Widget, can_focus=True):
    """Shows blocks of numbers. Marks tell without colour: ▐ ▌ cursor, ▸ source, * changed, ( ) the old value."""

    BINDINGS = [
        Binding("up", "move(0,-1)", "Up", show=False),
        Binding("down", "move(0,1)", "Down", show=False),
        Binding("left", "move(-1,0)", "Left", show=False),
        Binding("right", "move(1,0)", "Right", show=False),
        Binding("home", "edge(0)", "First", show=False),
        Binding("end", "edge(-1)", "Last", show=False),
    ]
    COMPONENT_CLASSES = {f"grid--{role}" for role in ("title", "shape", "name", "changed", "old", "source", "cursor")}
    DEFAULT_CSS = """
    NumberGrid { height: auto; }
    NumberGrid > .grid--title { text-style: bold; }
    NumberGrid > .grid--shape { color: $text-muted; }
    NumberGrid > .grid--name { color: $text-muted; }
    NumberGrid > .grid--changed { color: $secondary; text-style: bold; }
    NumberGrid > .grid--old { color: $text-muted; }
    NumberGrid > .grid--source { color: $primary; text-style: bold; }
    NumberGrid > .grid--cursor { text-style: reverse; }
    """

    class Moved(Message):
        """The cursor stands on another number."""

        def __init__(self, cell: Cell) -> None:
            super().__init__()
            self.cell = cell

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.canvas: Canvas = []
        self.cursor: Cell | None = None
        self.sources: Collection[Cell] = ()
        self._scroll = (0, 0)

    def show(self, bands: Sequence[Sequence[Block]]) -> None:
        """Show these blocks; the cursor stays on its number where that is still there."""
        lines = len(self.canvas)
        self.canvas = lay_out(bands)
        if len(self.canvas) != lines:
            self.refresh(layout=True)
        if self.cursor is None or find(self.canvas, self.cursor) is None:
            self.cursor = first_cell(self.canvas)
        self._follow()

    def move_to(self, cell: Cell, silently: bool = False) -> None:
        """Put the cursor on a number, if that is on the canvas; `silently` without a message."""
        if find(self.canvas, cell) is not None and cell != self.cursor:
            self.cursor = cell
            self.sources = ()
            self._follow()
            if not silently:
                self.post_message(self.Moved(cell))

    def mark(self, sources: Collection[Cell]) -> None:
        """Mark the numbers that the one under the cursor came from."""
        self.sources = sources
        self.refresh()

    def action_move(self, dx: int, dy: int) -> None:
        """Move the cursor to the next number in a direction."""
        if self.cursor is not None:
            self.move_to(neighbour(self.canvas, self.cursor, dx, dy))

    def action_edge(self, index: int) -> None:
        """Move the cursor to the first number of its line, or to the last."""
        if self.cursor is not None and (place := find(self.canvas, self.cursor)):
            self.move_to(numbers_of(self.canvas[place[1]])[index])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the canvas has."""
        return max(1, len(self.canvas))

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._follow()

    def _follow(self) -> None:
        """Scroll no further than needed to show the cursor, with titles above and names beside it where they fit."""
        width, height = self.size
        if self.cursor and width and (place := find(self.canvas, self.cursor)):
            x, y = place
            across = max((piece.end for row in self.canvas for piece in row), default=0) + 1
            first = 0 if self.cursor == numbers_of(self.canvas[y])[0] else x - 2
            self._scroll = (
                _scrolled(self._scroll[0], first, x + 10, width, across),
                _scrolled(self._scroll[1], y - 2, y + 2, height, len(self.canvas)),
            )
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the canvas, as far as it is in sight."""
        top = self._scroll[1]
        line = self.canvas[y + top] if 0 <= y + top < len(self.canvas) else []
        segments, at = list[Segment](), 0
        for piece in self._whole(line):
            if piece.x > at:
                segments.append(Segment(" " * (piece.x - at), self.rich_style))
            cut = max(0, at - piece.x)
            segments += self._dressed(piece._replace(text=piece.text[cut:]))
            at = piece.end
        strip = Strip(segments)
        across = strip.cell_length  # the cursor's last bracket is nothing that goes on
        if end := self._cursor_ends(line):
            strip = _with_bracket(strip, end, self.rich_style)
        return self._with_signs(strip, y, across)

    def _whole(self, line: list[Piece]) -> list[Piece]:
        """The pieces, numbers and their names blank where the edge would cut them: half a number is another number."""
        left, width = self._scroll[0], self.size.width
        goes_on = max((piece.end for piece in line), default=0) > left + width
        right = left + width - 1 if goes_on else left + width
        left += left > 0  # the sign that something goes on takes a column at either edge
        return [_blanked(piece) if _is_cut(piece, left, right) else piece for piece in line]

    def _with_signs(self, strip: Strip, y: int, across: int) -> Strip:
        """What is in sight of a line, with a sign wherever something goes on beyond."""
        (left, top), (width, height) = self._scroll, self.size
        cut_left, cut_right = left > 0 and strip.cell_length > 0, across > left + width
        strip = strip.crop(left, left + width).adjust_cell_length(width, self.rich_style)
        if cut_left:
            strip = Strip([Segment("‹", self._role("shape")), *strip.crop(1, width)])
        if cut_right:
            strip = Strip([*strip.crop(0, width - 1), Segment("›", self._role("shape"))])
        more = {0: "▲ more" if top > 0 else "", height - 1: "▼ more" if len(self.canvas) > top + height else ""}
        if sign := more.get(y):
            strip = Strip([*strip.crop(0, width - len(sign) - 1), Segment(f" {sign}", self._role("shape"))])
        return strip

    def _dressed(self, piece: Piece) -> list[Segment]:
        """A piece with its mark and style; the mark stands right before the number, where there is always room."""
        number = piece.text.lstrip()
        before = " " * (len(piece.text) - len(number) - 1)
        if piece.cell is not None and piece.cell == self.cursor:
            style = self._role("cursor" if self.has_focus else "source")
            return [Segment(before + "▐", self.rich_style), Segment(number, style)]
        if piece.cell in self.sources:
            return [Segment(f"{before}▸{number}", self._role("source"))]
        if piece.role == "changed":
            return [Segment(f"{before}*{number}", self._role("changed"))]
        if piece.heat is not None:
            return [Segment(piece.text, self.rich_style + self._ground(piece.heat))]
        return [Segment(piece.text, self.rich_style if piece.role == "number" else self._role(piece.role))]

    def _ground(self, heat: float) -> Style:
        """The ground of a map's number: blue above nought, orange below; none where there are 16 colours or fewer."""
        if means_of(self).colours != "256":
            return Style()
        shades = _SHADES[self.app.current_theme.dark][heat < 0]
        return Style(bgcolor=shades[min(len(shades) - 1, int(abs(heat) * len(shades)))])

    def _role(self, role: str) -> Style:
        return self.get_component_rich_style(f"grid--{role}")

    def _cursor_ends(self, line: list) -> int:
        """The column just behind the cursor's number, 0 where the cursor is not on this line."""
        return next((piece.end for piece in line if piece.cell and piece.cell == self.cursor), 0)


_SHADES = {
    True: (
        ("#121212", "#1c1c1c", "#00005f", "#005f87", "#0087af"),
        ("#121212", "#1c1c1c", "#5f0000", "#875f00", "#af5f00"),
    ),
    False: (
        ("#ffffff", "#eeeeee", "#d7ffff", "#afd7ff", "#87afff"),
        ("#ffffff", "#eeeeee", "#ffffd7", "#ffd7af", "#ffaf5f"),
    ),
}
"""Grounds for dark and light themes, above and below nought, from small to large: colours of the palette of 256."""


def _is_cut(piece: Piece, left: int, right: int) -> bool:
    if piece.cell is None and piece.role not in ("name", "old"):
        return False
    first, last = piece.x + len(piece.text) - len(piece.text.lstrip()), piece.end
    return first < left < last or first < right < last


def _blanked(piece: Piece) -> Piece:
    return piece._replace(text=" " * (piece.end - piece.x), cell=None)


def _scrolled(now: int, first: int, last: int, room: int, extent: int) -> int:
    """The scroll offset nearest to `now` at which `first` to `last` of `extent` are in sight."""
    if extent <= room:
        return 0
    return max(0, min(max(now, last - room), first, extent - room if extent - room > 0 else 0))


def _with_bracket(strip: Strip, at: int, style: Style) -> Strip:
    """Close the cursor's bracket; the column is a mark's or blank, unless the next number is marked."""
    before, after = strip.crop(0, at), strip.crop(at + 1, max(at + 1, strip.cell_length))
    under = strip.crop(at, at + 1).text
    return Strip([*before, Segment("▌" if under in ("", " ") else under, style), *after])

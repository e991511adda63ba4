"""The map on the screen, with a cursor that goes from word to word."""

from collections.abc import Callable, Iterator

from rich.segment import Segment
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tuilab.labs.map.drawing import Box, Looked, Rows, draw, towards
from tuilab.widgets.means import means_of

MOST_ZOOM = 32.0
_STEPS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


def _all_four(before: str, action: str, name: str, shown: str, tooltip: str) -> Iterator[Binding]:
    """The arrows, told of as one."""
    for key in _STEPS:
        yield Binding(f"{before}{key}", f"{action}('{key}')", name, False, shown, tooltip=tooltip)


class MapCanvas(Widget, can_focus=True):
    """Shows what `source` gives: the view, and which of its maps; None while there is nothing."""

    BINDINGS = [
        *_all_four("", "move", "Move", "arrows", "To the next word there"),
        *_all_four("shift+", "pan", "Pan", "shift+arrows", "Move the map"),
        Binding("plus,equals_sign", "zoom(2)", "Zoom", key_display="+ -", tooltip="Larger or smaller, around the word"),
        Binding("minus", "zoom(0.5)", "Smaller", show=False, tooltip="Smaller"),
        Binding("0", "whole", "Whole", show=False, tooltip="The whole map"),
    ]
    COMPONENT_CLASSES = {
        f"map--{role}" for role in ("point", "label", "near", "cursor", "torn", *(f"group{n}" for n in range(8)))
    }
    DEFAULT_CSS = """
    MapCanvas { height: 1fr; min-height: 6; }
    MapCanvas > .map--point { color: $text-muted; }
    MapCanvas > .map--label { color: $text-muted; }
    MapCanvas > .map--near { text-style: bold underline; }
    MapCanvas > .map--cursor { text-style: reverse; }
    MapCanvas > .map--torn { color: $error; text-style: bold; }
    MapCanvas > .map--group0, MapCanvas > .map--group4 { color: $primary; text-style: bold; }
    MapCanvas > .map--group1, MapCanvas > .map--group5 { color: $secondary; text-style: bold; }
    MapCanvas > .map--group2, MapCanvas > .map--group6 { color: $success; text-style: bold; }
    MapCanvas > .map--group3, MapCanvas > .map--group7 { color: $warning; text-style: bold; }
    """

    class Moved(Message):
        """The cursor stands on another word."""

    def __init__(self, source: Callable[[], Looked | None]) -> None:
        super().__init__()
        self.source = source
        self.cursor, self.box = 0, Box()
        self._rows: Rows | None = None
        self._drawn_for = Size()

    def redraw(self) -> None:
        """The map has changed."""
        self._rows = None
        self.refresh()

    def go_to(self, word: int) -> None:
        """Put the cursor on a word, and bring it into sight."""
        self.cursor = word
        found = self.source()
        if found is not None and self.box.zoom > 1:
            self.box = self.box._replace(x=found.picture.x[word], y=found.picture.y[word])
        self.redraw()
        self.post_message(self.Moved())

    def action_move(self, key: str) -> None:
        """To the next word in a direction."""
        found = self.source()
        if found is not None:
            self.go_to(towards(found.picture, self.box, self.cursor, _STEPS[key], (self.size.width, self.size.height)))

    def action_pan(self, key: str) -> None:
        """Move the map under the screen."""
        right, down = _STEPS[key]
        step = 0.5 / self.box.zoom
        x, y = (max(-1.0, min(1.0, at)) for at in (self.box.x + right * step, self.box.y - down * step))
        self.box = self.box._replace(x=x, y=y)
        self.redraw()

    def action_zoom(self, factor: float) -> None:
        """Larger or smaller, around the word under the cursor."""
        zoom = max(1.0, min(MOST_ZOOM, self.box.zoom * factor))
        self.box = self.box._replace(zoom=zoom) if zoom > 1 else Box()
        self.go_to(self.cursor)

    def action_whole(self) -> None:
        """The whole map."""
        self.box = Box()
        self.redraw()

    def render_line(self, y: int) -> Strip:
        """One row."""
        if self._rows is None or self._drawn_for != self.size:
            found, self._drawn_for = self.source(), self.size
            self._rows = draw(found, self.box, self.cursor, self.size, means_of(self).unicode) if found else []
        pieces = self._rows[y] if y < len(self._rows) else []
        segments = [Segment(text, self.get_component_rich_style(f"map--{role}")) for text, role in pieces]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

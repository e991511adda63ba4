"""A chart: it is told about newer figures at any rate, and draws the newest at a rate of its own."""

import time

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tuilab.widgets.plot import Figure, Rows, draw

REDRAW_EVERY = 0.25  # seconds
SAMPLES = {"line": "──", "dots": "••", "crosses": "xx"}


def chart_rows(figure: Figure, width: int, height: int) -> Rows:
    """A figure with its title, its legend where there are several series, and the name of its axis."""
    legend: list[tuple[str, int]] = [(figure.title, 8)]
    for line in figure.lines if len(figure.lines) > 1 else ():
        legend += [("   ", 0), (SAMPLES[line.look], line.colour), (f" {line.name}", 0)]
    rows = draw(figure, width, height - 1)
    if rows:
        text = "".join(piece for piece, _ in rows[-1]).rstrip()
        label = figure.x_label.rjust(width)[len(text) + 1 :] if len(text) + len(figure.x_label) < width else ""
        rows[-1] = [(f"{text} {label}", 0)]
    return [legend, *rows]


class Chart(Widget):
    """Draws the newest figure it was shown, at most four times a second."""

    COMPONENT_CLASSES = {"chart--axis", "chart--title", "chart--first", "chart--second", "chart--third", "chart--level"}
    DEFAULT_CSS = """
    Chart { height: 1fr; min-height: 5; }
    Chart > .chart--axis { color: $text-muted; }
    Chart > .chart--title { text-style: bold; }
    Chart > .chart--first { color: $primary; }
    Chart > .chart--second { color: $secondary; }
    Chart > .chart--third { color: $success; }
    Chart > .chart--level { color: $text-muted; }
    """
    _NAMES = {0: "axis", 1: "first", 2: "second", 3: "third", 7: "level", 8: "title"}

    def __init__(self, figure: Figure, id: str | None = None) -> None:
        super().__init__(id=id)
        self._figure = figure
        self._rows: Rows | None = None
        self._drawn = 0.0
        self._timer: Timer | None = None

    def show(self, figure: Figure, at_once: bool = False) -> None:
        """Show a newer figure, now or when the next drawing is due."""
        self._figure = figure
        wait = REDRAW_EVERY - (time.monotonic() - self._drawn)
        if at_once or wait <= 0:
            self._redraw()
        elif self._timer is None:
            self._timer = self.set_timer(wait, self._redraw)

    def _redraw(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._drawn = time.monotonic()
        self._rows = None
        self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """A new size needs a new drawing."""
        self._rows = None

    def render_line(self, y: int) -> Strip:
        """One row of the drawing."""
        width, height = self.size
        if self._rows is None:
            self._rows = chart_rows(self._figure, width, height) if width > 12 and height > 3 else []
        pieces = self._rows[y] if y < len(self._rows) else []
        segments = [Segment(text, self._style(colour)) for text, colour in pieces]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _style(self, colour: int):  # type: ignore[no-untyped-def]
        return self.get_component_rich_style(f"chart--{self._NAMES.get(colour, 'axis')}")

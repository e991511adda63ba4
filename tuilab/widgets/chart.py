"""A chart: it is told at any rate that there is something new, and draws at a rate of its own."""

from collections.abc import Callable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tuilab.widgets.means import means_of
from tuilab.widgets.paint import Rows
from tuilab.widgets.plot import ASCII_MARKERS, Figure, draw
from tuilab.widgets.throttle import Throttle

SAMPLES = {"line": "──", "dots": "••", "crosses": "xx", "pluses": "++"}
GROUND = -1  # a number beside those of the series
ASCII_SAMPLES = {look: 2 * mark for look, mark in ASCII_MARKERS.items()}


def chart_rows(figure: Figure, width: int, height: int, ascii_only: bool = False) -> Rows:
    """A figure with its title, its legend where there are several series, and the name of its axis."""
    rows = draw(figure, width, height - 1, ascii_only)
    if rows:
        rows[-1] = [(_named("".join(piece for piece, _ in rows[-1]).rstrip(), figure.x_label, width), 0)]
    return [_headline(figure, width, ASCII_SAMPLES if ascii_only else SAMPLES), *rows]


def _headline(figure: Figure, width: int, samples: dict[str, str]) -> list[tuple[str, int]]:
    """The title, and what the series are; where there is room for the one alone, what they are."""
    legend: list[tuple[str, int]] = []
    named = [line for line in figure.lines if line.name]
    for line in named if len(named) > 1 else ():
        legend += [("   ", 0), (samples.get(line.look, 2 * line.look), line.colour), (f" {line.name}", 0)]
    whole, names = [(figure.title, 8), *legend], legend[1:]
    fits = [sum(cell_len(text) for text, _ in line) <= width for line in (whole, names)]
    return names if names and fits == [False, True] else whole


def _named(ticks: str, name: str, width: int) -> str:
    """The ticks of the horizontal axis with its name at the right, or at the left where there is no room."""
    if len(ticks) + len(name) < width:
        return ticks + name.rjust(width - len(ticks))
    free = len(ticks) - len(ticks.lstrip())
    return name + ticks[len(name) :] if len(name) < free else ticks


class Chart(Widget):
    """Draws what `source` gives, at a rate that the line to the terminal can take."""

    COMPONENT_CLASSES = {f"chart--{part}" for part in ("axis", "title", "first", "second", "third", "fourth", "level")}
    DEFAULT_CSS = """
    Chart { height: 1fr; min-height: 5; }
    Chart > .chart--axis { color: $text-muted; }
    Chart > .chart--title { text-style: bold; }
    Chart > .chart--first { color: $primary; }
    Chart > .chart--second { color: $secondary; }
    Chart > .chart--third { color: $success; }
    Chart > .chart--fourth { color: $fourth-series; }
    Chart > .chart--level { color: $text-muted; }
    """
    _NAMES = {0: "axis", 1: "first", 2: "second", 3: "third", 4: "fourth", 7: "level", 8: "title"}

    def __init__(self, source: Callable[[], Figure], id: str | None = None) -> None:
        super().__init__(id=id)
        self.source = source
        self.changed = Throttle(self, self._redraw)
        self._strips: list[Strip] | None = None
        self._drawn_for = Size()
        self._styles: dict[int, Style] = {}  # Textual would reckon them again for each drawing

    def _redraw(self) -> None:
        self._strips = None
        self.refresh()

    def notify_style_update(self) -> None:
        """The theme has changed, and with it the colours of what is drawn."""
        self._strips, self._styles = None, {}
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some rows of the drawing, which is drawn where it has not been."""
        if self._strips is None or self._drawn_for != self.size:
            self._drawn_for, self._strips = self.size, self._draw(*self.size)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the drawing."""
        strips = self._strips or []
        return strips[y] if y < len(strips) else Strip.blank(self._drawn_for.width, self._style(GROUND))

    def _draw(self, width: int, height: int) -> list[Strip]:
        if width <= 12 or height <= 3:
            return []
        rows = chart_rows(self.source(), width, height, ascii_only=not means_of(self).unicode)
        ground = self._style(GROUND)
        return [
            Strip([Segment(text, self._style(colour)) for text, colour in row]).adjust_cell_length(width, ground)
            for row in rows
        ]

    def _style(self, colour: int) -> Style:
        if colour not in self._styles:
            part = f"chart--{self._NAMES.get(colour, 'axis')}"
            self._styles[colour] = self.rich_style if colour == GROUND else self.get_component_rich_style(part)
        return self._styles[colour]

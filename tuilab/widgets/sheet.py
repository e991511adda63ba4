"""Lines of text in roles, of which some are always in sight."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

Line = list[tuple[str, str]]
"""Pieces of a line: a text and its role."""
Span = tuple[int, int]
"""Lines from the first up to, not with, the second."""


class Sheet(Widget):
    """Shows lines; scrolls no further than it needs to keep the asked-for ones in sight.

    Roles are plain, title, muted, context (what belongs to the cursor), target (the cursor), out (left out).
    """

    COMPONENT_CLASSES = {f"sheet--{role}" for role in ("title", "muted", "context", "target", "out")}
    DEFAULT_CSS = """
    Sheet { height: auto; }
    Sheet > .sheet--title { text-style: bold; }
    Sheet > .sheet--muted { color: $text-muted; }
    Sheet > .sheet--context { color: $primary; text-style: bold; }
    Sheet > .sheet--target { text-style: reverse; }
    Sheet > .sheet--out { color: $text-muted; text-style: strike; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: Sequence[Line] = []
        self._wanted: Span = (0, 0)
        self._top = 0

    def show(self, lines: Sequence[Line], wanted: Span) -> None:
        """Show these lines, the wanted ones in sight."""
        grown = len(lines) != len(self.lines)
        self.lines, self._wanted = lines, wanted
        self._follow()
        self.refresh(layout=grown)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return max(1, len(self.lines))

    def on_resize(self) -> None:
        """Keep what is wanted in sight."""
        self._follow()
        self.refresh()

    def _follow(self) -> None:
        height = self.size.height
        first, last = self._wanted
        top = min(self._top, max(0, first - 1))  # one line around it, where something goes on
        top = max(top, min(first, last + 1 - height)) if last < len(self.lines) else max(top, last - height)
        self._top = max(0, min(top, len(self.lines) - height))

    def render_line(self, y: int) -> Strip:
        """One line, with a sign where lines go on above or below."""
        width, height = self.size
        line = self.lines[y + self._top] if y + self._top < len(self.lines) else []
        strip = Strip([Segment(text, self._style(role)) for text, role in line])
        strip = strip.adjust_cell_length(width, self.rich_style)
        below = len(self.lines) - self._top - height
        more = "▲ more" if y == 0 and self._top else "▼ more" if y == height - 1 and below > 0 else ""
        if more:
            strip = Strip([*strip.crop(0, width - len(more) - 1), Segment(f" {more}", self._style("muted"))])
        return strip

    def _style(self, role: str):  # type: ignore[no-untyped-def]
        return self.rich_style if role == "plain" else self.get_component_rich_style(f"sheet--{role}")

"""The first line of a screen: where one is, what the lab stands at, how far, and how the worker is."""

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget


class Header(Widget):
    """`left` is where one is, `middle` the lab's spelling, `right` the page; `note` stands in for `middle`.

    Before the page stand the `moment` of a training that is looked at, and the `meter`, where one is wanted.
    """

    COMPONENT_CLASSES = {"header--title", "header--note"}
    DEFAULT_CSS = """
    Header { dock: top; height: 1; padding: 0 1; background: $surface; color: $text-muted; }
    Header > .header--title { text-style: bold; color: $foreground; background: $surface; }
    Header > .header--note { color: $warning; background: $surface; }
    """
    left = reactive("")
    middle = reactive("")
    right = reactive("")
    note = reactive("")
    moment = reactive("")
    meter = reactive("")

    def render_line(self, y: int) -> Strip:
        """The line; what does not fit is cut from the middle, or from the left where a note has to be seen."""
        width = self.size.width
        right = "   ".join(filter(None, (self.moment, self.meter, self.right)))
        middle, style = (self.note, self._style("note")) if self.note else (self.middle, self.rich_style)
        end = f"   {right}" if right else ""
        room = max(0, width - len(end) - 3)
        left = _cut(self.left, room - len(middle)) if self.note else self.left
        middle = _cut(middle, room - len(left))
        gap = max(1, width - len(left) - len(middle) - len(end))
        segments = [
            Segment(left, self._style("title")),
            Segment(" " * gap, self.rich_style),
            Segment(middle, style),
            Segment(end, self.rich_style),
        ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"header--{name}")


def _cut(text: str, room: int) -> str:
    """As much of a text as there is room for."""
    return text if len(text) <= room else text[: max(0, room - 1)] + "…" * (room > 0)

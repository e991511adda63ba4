"""A mark that is set on the axis of a curve before the curve is shown."""

import math

from textual.binding import Binding

from tuilab.course.lesson import Curve
from tuilab.ui.choices import Choices
from tuilab.widgets.chart import Chart
from tuilab.widgets.plot import Figure, Line

ROWS = 9  # dots of the mark, from the bottom to the top
DECADES = 2  # shown around the level while there is no curve


class Marking(Chart, can_focus=True):
    """An empty chart with a mark that the arrows move; once it is answered, the curve beside the mark."""

    DEFAULT_CSS = "Marking { height: 8; } Marking:focus { background: $boost; }"
    BINDINGS = [
        Binding("left", "move(-1)", "Mark", key_display="← →", tooltip="Move the mark; with shift ten places"),
        Binding("right", "move(1)", "Mark", show=False),
        Binding("shift+left", "move(-10)", "Mark", show=False),
        Binding("shift+right", "move(10)", "Mark", show=False),
        Binding("enter", "take", "Answer", tooltip="Answer with this place"),
    ]

    def __init__(self, curve: Curve) -> None:
        super().__init__(self._figure)
        self.curve, self.at = curve, curve.until // 2
        self.values: list[float] = []

    @property
    def draft(self) -> int:
        """Where the mark is."""
        return self.at

    @draft.setter
    def draft(self, kept: int) -> None:
        self.at = kept

    def action_move(self, places: int) -> None:
        """Move the mark."""
        self.at = max(0, min(self.curve.until, self.at + places))
        self.changed(at_once=True)

    def action_take(self) -> None:
        """Answer."""
        self.post_message(Choices.Taken(str(self.at)))

    def reveal(self, values: list[float]) -> None:
        """Show the curve."""
        self.values = values
        self.changed(at_once=True)

    def _figure(self) -> Figure:
        """The mark as a column of dots; on a logarithmic axis, for what is marked vanishes."""
        level, until = self.curve.crosses, self.curve.until
        seen = [math.log10(value) for value in (*self.values, level) if value > 0]
        low, high = math.floor(min(seen)), math.ceil(max(seen))
        if not self.values:
            low, high = low - DECADES, high + DECADES
        dots = [10 ** (low + (high - low) * row / (ROWS - 1)) for row in range(ROWS)]
        lines = [Line(f"yours, {self.at}", [float(self.at)] * ROWS, dots, "dots", 2)]
        if self.values:
            there = [(float(place), value) for place, value in enumerate(self.values) if value > 0]
            lines.insert(0, Line("the curve", [place for place, _ in there], [value for _, value in there], "line", 1))
        title = f"your mark: {self.at}" if not self.values else ""
        return Figure(
            title, self.curve.axis, tuple(lines), (0, until), (low, high), log=True, levels=((f"{level:g}", level),)
        )

"""A list that is narrowed to what has the letters that are typed."""

from typing import Any

from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from tuilab.widgets.line import Line


class FilterLine(Line):
    """Narrows the list to what has its letters."""

    BINDINGS = [
        Binding("enter", "submit", "Open", tooltip="Open what is found first"),
        Binding("down", "screen.to_list", "To the list", key_display="↓", tooltip="Go to what was found"),
        Binding("escape", "screen.all", "Show all", key_display="esc", tooltip="List everything again"),
    ]


class Filtered(Screen[Any]):
    """A screen with a list and a `FilterLine`, which is only seen while it narrows the list."""

    BINDINGS = [
        Binding(
            "slash", "filter", "Filter", key_display="/", priority=True, tooltip="List only what has these letters"
        ),
        Binding("escape", "all", "Show all", key_display="esc", tooltip="List everything again"),
    ]

    @property
    def listed(self) -> Widget:
        """The list, which takes the keys."""
        raise NotImplementedError

    def fill(self) -> None:
        """List what matches the filter."""
        raise NotImplementedError

    @property
    def is_narrowed(self) -> bool:
        """Whether letters narrow the list."""
        return any(line.value for line in self.query(FilterLine))

    def on_input_changed(self) -> None:
        """Filter as the learner types."""
        self.fill()
        self.refresh_bindings()

    def on_input_submitted(self) -> None:
        """Open what the cursor of the list stands on; an enter that was typed ahead finds this covered already."""
        if self.app.screen is self:
            self.action_to_list()
            self.open_found()

    def open_found(self) -> None:
        """Open what the cursor of the list stands on."""
        raise NotImplementedError

    def action_filter(self) -> None:
        """Type into the filter."""
        line = self.query_one(FilterLine)
        line.display = True
        self.set_focus(line)

    def action_all(self) -> None:
        """List everything again."""
        self.query_one(FilterLine).value = ""
        self.action_to_list()

    def action_to_list(self) -> None:
        """Go to what was found."""
        self.set_focus(self.listed)
        line = self.query_one(FilterLine)
        line.display = bool(line.value)

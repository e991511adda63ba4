"""The glossary: what is typed is looked up; enter goes to the page where it lives, tab to its lab."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tuilab.course.glossary import Entry, look_up
from tuilab.labs import spelling
from tuilab.ui.host import host
from tuilab.ui.prose import spelled
from tuilab.widgets.line import Line
from tuilab.widgets.steady import Steady

WIDTH = 26  # of the column of names


class GlossaryScreen(Steady, ModalScreen[None]):
    """Every symbol and term of the course."""

    CSS = """
    GlossaryScreen { align: center middle; }
    GlossaryScreen > Vertical { width: 76; max-width: 100%; height: auto; border: round $primary; padding: 0 1;
        background: $surface; }
    GlossaryScreen Input { background: $panel; }
    GlossaryScreen OptionList { height: 10; border: none; background: $surface; padding: 0; text-wrap: nowrap;
        text-overflow: ellipsis; scrollbar-size-vertical: 1; }
    GlossaryScreen #means { height: 4; margin: 1 0 0 0; }
    """
    BINDINGS = [
        Binding("escape", "leave", "Close", key_display="esc", tooltip="Close the glossary"),
        Binding("up", "move('up')", "Up", show=False, priority=True),
        Binding("down", "move('down')", "Down", show=False, priority=True),
        Binding("tab", "lab", "Lab", priority=True, tooltip="Open the lab where it lives"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Entry] = []

    def compose(self) -> ComposeResult:
        """The line, what was found, and what it means."""
        with Vertical():
            yield Static("Glossary", classes="title")
            yield Line(placeholder="a symbol or a term", compact=True)
            yield OptionList(markup=False)
            yield Static("", id="means", markup=False)
            yield Static("enter goes to its page   tab opens its lab   esc closes", classes="muted")

    def on_mount(self) -> None:
        """List everything, unless it was closed as it was opened."""
        if not self.query(OptionList):
            return
        self.query_one(OptionList).can_focus = False
        self._fill("")
        self.query_one(Line).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look up what is typed."""
        self._fill(event.value)

    def _fill(self, wanted: str) -> None:
        self.found = look_up(host(self).terms, wanted)
        names = [_short(spelled(", ".join(entry.names), self)) for entry in self.found]
        width = max(map(len, names), default=0)
        listed = self.query_one(OptionList)
        listed.clear_options()
        pairs = zip(names, self.found, strict=True)
        listed.add_options([Option(f"{name:<{width}}  {spelled(entry.means, self)}") for name, entry in pairs])
        listed.highlighted = 0 if self.found else None
        self._say()

    def on_option_list_option_highlighted(self) -> None:
        """Say what the term under the cursor means."""
        self._say()

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        at = self.query_one(OptionList).highlighted
        return self.found[at] if at is not None and at < len(self.found) else None

    def _say(self) -> None:
        entry = self.entry
        text = f"{entry.term}: {entry.means}\n{entry.where}" if entry else "There is nothing like this in the course."
        self.query_one("#means", Static).update(spelled(text, self))

    def action_move(self, direction: str) -> None:
        """Move in the list."""
        listed = self.query_one(OptionList)
        (listed.action_cursor_up if direction == "up" else listed.action_cursor_down)()

    def on_input_submitted(self) -> None:
        """Go to the page."""
        entry, app = self.entry, host(self)
        if entry is None or self.app.screen is not self:
            return
        place = app.page_of(entry)
        if place is None:
            self.query_one("#means", Static).update("That page cannot be opened: its lesson has a mistake.")
        else:
            self._leave_for(app.open_lesson, *place)

    def action_lab(self) -> None:
        """Open the lab."""
        if self.entry is not None and self.app.screen is self:
            self._leave_for(host(self).open_lab, spelling.parse(self.entry.lab))

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()

    def _leave_for(self, go: Any, *where: Any) -> None:
        self.dismiss()
        self.app.call_later(go, *where)


def _short(names: str) -> str:
    return names if len(names) <= WIDTH else f"{names[: WIDTH - 1].rstrip()}…"

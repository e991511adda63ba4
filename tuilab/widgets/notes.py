"""A few lines to write something into."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from tuilab.widgets.area import Area
from tuilab.widgets.steady import Steady


class _Sheet(Area):
    """Takes enter for the whole of it; ctrl+j begins a line."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            self.taken(event)
            if isinstance(self.screen, NotesScreen):
                self.screen.take()
        elif event.key == "ctrl+j":
            self.taken(event)
            self.insert("\n")
        else:
            await super()._on_key(event)


class NotesScreen(Steady, ModalScreen[str | None]):
    """Edits a text. `check` raises ValueError with a sentence, which is shown; the result is the text."""

    CSS = """
    NotesScreen { align: center middle; }
    NotesScreen > Vertical { width: 72; max-width: 100%; height: auto; border: round $primary; padding: 0 1;
        background: $surface; }
    NotesScreen TextArea { height: 8; border: none; padding: 0; background: $panel; scrollbar-size-vertical: 1; }
    NotesScreen #problem { color: $error; height: auto; }
    """
    BINDINGS = [Binding("escape", "dismiss(None)", "Leave as it was", priority=True, tooltip="Close, nothing changed")]

    def __init__(self, title: str, text: str, check: Callable[[str], object]) -> None:
        super().__init__()
        self.heading, self.text, self.check = title, text, check

    def compose(self) -> ComposeResult:
        """The sheet, and room for what is wrong."""
        with Vertical():
            yield Static(self.heading, classes="title", markup=False)
            sheet = _Sheet(self.text, soft_wrap=True, tab_behavior="focus")
            sheet.cursor_blink = False
            yield sheet
            yield Static("", id="problem", markup=False)
            yield Static("enter takes it   ctrl+j begins a new line   esc leaves it as it was", classes="muted")

    def on_mount(self) -> None:
        """Begin behind what is there."""
        if self.query(TextArea):
            sheet = self.query_one(TextArea)
            sheet.move_cursor(sheet.document.end)

    def take(self) -> None:
        """Take the text, or say what is wrong with it; a second enter finds the dialogue gone."""
        if self.app.screen is not self:
            return
        text = self.query_one(TextArea).text
        try:
            self.check(text)
        except ValueError as error:
            self.query_one("#problem", Static).update(str(error))
        else:
            self.dismiss(text)

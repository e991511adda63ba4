"""An experiment as the one line that opens it, copied and shown."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tuilab.widgets.steady import Steady

COPIED = "Copied, if this terminal takes copies (OSC 52); else select it here."


class SpelledScreen(Steady, ModalScreen[None]):
    """Hands a line to the terminal's clipboard, and shows all of it: many terminals take no copies, and none says so.

    `notes` are sentences about what the line does not carry.
    """

    CSS = """
    SpelledScreen { align: center middle; }
    SpelledScreen > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; border: round $primary;
        padding: 0 1; background: $surface; }
    SpelledScreen VerticalScroll { height: auto; max-height: 17; scrollbar-size-vertical: 1; }
    SpelledScreen #line { margin: 1 0; text-style: bold; }
    SpelledScreen .note { margin-bottom: 1; }
    """
    BINDINGS = [Binding("escape,q,y", "dismiss", "Close", tooltip="Back to the lab")]

    def __init__(self, line: str, notes: Sequence[str]) -> None:
        super().__init__()
        self.line, self.notes = line, notes

    def compose(self) -> ComposeResult:
        """The line, what it leaves out, and whether it was copied."""
        with Vertical():
            yield Static("This experiment as one line: paste it into a shell", classes="title")
            with VerticalScroll():
                yield Static(self.line, id="line", markup=False)
                for note in self.notes:
                    yield Static(note, classes="note", markup=False)
            yield Static(COPIED, id="copied", classes="muted")
            yield Static("esc closes", classes="muted")

    def on_mount(self) -> None:
        """Copy it."""
        self.app.copy_to_clipboard(self.line)

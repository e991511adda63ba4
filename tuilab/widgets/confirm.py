"""Asks once before something goes for good."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tuilab.widgets.steady import Steady


class ConfirmScreen(Steady, ModalScreen[bool]):
    """Says what would go; the result is whether it shall."""

    CSS = """
    ConfirmScreen { align: center middle; }
    ConfirmScreen > Vertical { width: 64; max-width: 100%; height: auto; border: round $primary; padding: 0 1;
        background: $surface; }
    ConfirmScreen #question { height: auto; }
    """
    BINDINGS = [
        Binding("d,enter", "dismiss(True)", "Delete", tooltip="Yes, for good"),
        Binding("escape,q", "dismiss(False)", "Leave it", tooltip="Close, nothing changed"),
    ]

    def __init__(self, question: str, act: str = "deletes it") -> None:
        super().__init__()
        self.question, self.act = question, act

    def compose(self) -> ComposeResult:
        """The question, and the two ways."""
        with Vertical():
            yield Static(self.question, id="question", markup=False)
            yield Static(f"enter {self.act}   esc leaves it as it is", classes="muted")

"""The few lines of torch that compute what is on the screen, ready to be copied."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import ScrollableContainer, Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tuilab.widgets.steady import Steady


class CodeScreen(Steady, ModalScreen[None]):
    """Shows a piece of code; y copies it through the terminal's own clipboard escape, which works over SSH."""

    CSS = """
    CodeScreen { align: center middle; }
    CodeScreen > Vertical { width: 100%; max-width: 104; height: 100%; max-height: 44; border: round $primary;
        padding: 0 1; background: $surface; }
    CodeScreen ScrollableContainer { height: 1fr; scrollbar-size: 1 1; }
    CodeScreen #code { width: auto; }
    """
    BINDINGS = [
        Binding("escape,q,c", "dismiss", "Close", tooltip="Back to the lab"),
        Binding("y", "copy", "Copy", tooltip="Copy the code through the terminal"),
    ]

    def __init__(self, title: str, code: str) -> None:
        super().__init__()
        self.heading, self.code = title, code

    def compose(self) -> ComposeResult:
        """The title, the code, and the keys."""
        with Vertical():
            yield Static(self.heading, classes="title", markup=False)
            with ScrollableContainer():
                yield Static(self.code, id="code", markup=False)
            yield Static("y copies   ↑ ↓ ← → scroll   esc closes", id="said", classes="muted")

    def action_copy(self) -> None:
        """Hand the code to the terminal's clipboard."""
        self.app.copy_to_clipboard(self.code)
        for said in self.query("#said").results(Static):  # there is none before the screen has been filled
            said.update("Copied, if this terminal takes copies (OSC 52).   esc closes")

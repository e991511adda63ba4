"""A line in which one value is typed, checked as it is entered; or why none can be."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tuilab.widgets.line import Line
from tuilab.widgets.steady import Steady

_BOX = """
    EntryScreen, RefusalScreen { align: center middle; }
    EntryScreen > Vertical, RefusalScreen > Vertical { width: 64; max-width: 100%; height: auto;
        border: round $primary; padding: 0 1; background: $surface; }"""


class EntryScreen(Steady, ModalScreen[str | None]):
    """Asks for one value. `check` raises ValueError with a sentence, which is shown; the result is the text."""

    CSS = f"""
    {_BOX}
    EntryScreen Input {{ background: $panel; }}
    EntryScreen #problem {{ color: $error; height: auto; }}
    """
    BINDINGS = [
        Binding("escape", "leave", "Leave as it was", tooltip="Close, nothing changed"),
        Binding("enter", "take", "Take", show=True, tooltip="Take what was typed"),
    ]

    def __init__(self, question: str, value: str, check: Callable[[str], object]) -> None:
        super().__init__()
        self.question, self.value, self.check = question, value, check

    def compose(self) -> ComposeResult:
        """The question, the line, and room for what is wrong."""
        with Vertical():
            yield Static(self.question, markup=False)
            yield Line(self.value, select_on_focus=True, compact=True)
            yield Static("", id="problem", markup=False)
            yield Static("enter takes it   esc leaves it as it was", classes="muted")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the value, or say what is wrong with it; a second enter finds the dialogue gone."""
        if self.app.screen is not self:
            return
        try:
            self.check(event.value)
        except ValueError as error:
            self.query_one("#problem", Static).update(str(error))
        else:
            self.dismiss(event.value)

    def action_leave(self) -> None:
        """Close without a value."""
        self.dismiss(None)


class RefusalScreen(Steady, ModalScreen[bool]):
    """Stands where a line would, and says why there is none: what is typed into it does nothing.

    Else a number that is typed blindly would be taken for keys. The result is whether enter was pressed.
    """

    CSS = _BOX
    BINDINGS = [
        Binding("enter", "dismiss(True)", "Why", tooltip="Close, and write out where the number comes from"),
        Binding("escape", "dismiss(False)", "Leave as it was", tooltip="Close, nothing changed"),
    ]

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence

    def compose(self) -> ComposeResult:
        """The sentence, and the way out."""
        with Vertical():
            yield Static(self.sentence, id="refusal", markup=False)
            yield Static("enter says more   esc goes back", classes="muted")

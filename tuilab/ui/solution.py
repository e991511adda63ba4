"""A solution of an exercise, and what the learner has written: side by side, or one at a time."""

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, ScrollableContainer, Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tuilab.widgets.steady import Steady

WIDE = 100  # columns for two programs side by side


class Program(ScrollableContainer, can_focus=True):
    """A program under its name; its lines are as long as they are."""

    def __init__(self, name: str, code: str) -> None:
        super().__init__(classes="program")
        self.heading, self.code = name, code

    def compose(self) -> ComposeResult:
        """The code."""
        yield Static(self.code, markup=False)

    def on_mount(self) -> None:
        """The name stands in the frame."""
        self.border_title = self.heading


class SolutionScreen(Steady, ModalScreen[None]):
    """Shows a solution and what was written; y copies the solution through the terminal's own clipboard escape."""

    HELP = """\
A solution, and yours beside it where 100 columns are there; else one of them at a time.
tab goes from one to the other, the arrow keys scroll the one that has the keys."""
    CSS = """
    SolutionScreen { align: center middle; }
    SolutionScreen > Vertical { width: 100%; height: 100%; max-height: 44; border: round $primary;
        padding: 0 1; background: $surface; }
    SolutionScreen Horizontal { height: 1fr; }
    SolutionScreen .program { width: 1fr; border: solid $ground-line; border-title-color: $foreground;
        scrollbar-size: 1 1; }
    SolutionScreen .program:focus { border: solid $primary; }
    SolutionScreen .program Static { width: auto; }
    SolutionScreen.narrow .program { display: none; }
    SolutionScreen.narrow .program.shown { display: block; }
    """
    BINDINGS = [
        Binding("escape,q,c", "dismiss", "Close", tooltip="Back to the exercise"),
        Binding("tab,shift+tab", "other", "Other", priority=True, tooltip="From the solution to yours, or back"),
        Binding("y", "copy", "Copy", tooltip="Copy the solution through the terminal"),
    ]

    def __init__(self, title: str, solution: str, mine: str = "") -> None:
        super().__init__()
        self.heading, self.solution, self.mine = title, solution, mine

    def compose(self) -> ComposeResult:
        """The title, the programs, and the keys."""
        with Vertical():
            yield Static(self.heading, classes="title", markup=False)
            with Horizontal():
                if self.mine:
                    yield Program("Yours", self.mine)
                yield Program("A solution", self.solution)
            yield Static("", id="said", classes="muted")

    def on_mount(self) -> None:
        """Begin at the solution."""
        for program in self.programs[-1:]:
            self._go_to(program)

    def on_resize(self, event: events.Resize) -> None:
        """Both, where there is room."""
        self.set_class(self.app.size.width < WIDE, "narrow")
        self._say()

    @property
    def programs(self) -> list[Program]:
        """One or two."""
        return list(self.query(Program))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is another only where something was written."""
        return super().check_action(action, parameters) and (action != "other" or bool(self.mine))

    def action_other(self) -> None:
        """Give the keys to the other one; where there is room for one, show it."""
        self._go_to(next(each for each in self.programs if not each.has_class("shown")))

    def _go_to(self, program: Program) -> None:
        for each in self.programs:
            each.set_class(each is program, "shown")
        self.set_focus(program)
        self._say()

    def _say(self, begins: str = "y copies") -> None:
        shown = next((each.heading for each in self.programs if each.has_class("shown")), "")
        there = {"Yours": "the solution", "A solution": "yours"}.get(shown, "")
        tab = f"tab {'shows' if self.has_class('narrow') else 'goes to'} {there}   " if self.mine else ""
        for said in self.query("#said").results(Static):  # there is none before the screen has been filled
            said.update(f"{tab}{begins}   ↑ ↓ ← → scroll   esc closes")

    def action_copy(self) -> None:
        """Hand the solution to the terminal's clipboard."""
        self.app.copy_to_clipboard(self.solution)
        self._say("copied, if this terminal takes copies (OSC 52)")

"""Help: what the focused thing is, and every key that works there."""

import re

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tuilab.widgets.steady import Steady


class HelpScreen(Steady, ModalScreen[None]):
    """Explains the screen below it."""

    CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > Vertical { width: 80; max-width: 100%; height: auto; max-height: 100%; border: round $primary;
        padding: 0 1; background: $surface; }
    HelpScreen VerticalScroll { height: auto; max-height: 20; padding-right: 1; scrollbar-size-vertical: 1; }
    """
    BINDINGS = [Binding("escape,q,question_mark", "dismiss", "Close", tooltip="Close this help")]

    def __init__(self, below: Screen) -> None:
        super().__init__()
        self.explained = "\n\n".join(filter(None, (_explanation(below), getattr(below.app, "unsaved", ""))))
        self.key_lines = _keys(below)

    def compose(self) -> ComposeResult:
        """The explanation, then the keys."""
        with Vertical():
            yield Static("Help", classes="title")
            with VerticalScroll():
                yield Static(f"{self.explained}\n\n{self.key_lines}", markup=False)
            yield Static("up down scroll   esc closes", classes="muted")


def _explanation(screen: Screen) -> str:
    """The help of the focused widget, or of the nearest thing around it that has one.

    Its lines end with a sentence: others are as long as the program's own lines, and go on here.
    """
    node = screen.focused or screen
    texts = (getattr(each, "HELP", "") for each in node.ancestors_with_self)
    text = next(filter(None, texts), "") or "tuilab: a laboratory for recurrent networks."
    return re.sub(r"(?<![.:])\n", " ", text)


def _keys(screen: Screen) -> str:
    """A line for each key that does something else; of a pair that is shown as `s b` one for both."""
    found = [
        (screen.app.get_key_display(binding), binding, tooltip)
        for _node, binding, enabled, tooltip in screen.active_bindings.values()
        if enabled and tooltip and not binding.system
    ]
    pairs = {key for shown, *_ in found if " " in shown for key in shown.split()}
    named: dict[str, tuple[str, str]] = {}
    for shown, binding, tooltip in found:
        named.setdefault(binding.action, ("", "") if shown in pairs else (shown, tooltip))
    lines = dict.fromkeys(filter(any, named.values()))
    width = max((len(shown) for shown, _ in lines), default=0)
    return "\n".join(f"{shown:>{width}}  {tooltip}" for shown, tooltip in lines)

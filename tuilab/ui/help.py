"""Help: what the focused thing is, and every key that works there."""

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
    HelpScreen > Vertical { width: 78; max-width: 100%; height: auto; max-height: 100%; border: round $primary;
        padding: 0 1; background: $surface; }
    HelpScreen VerticalScroll { height: auto; max-height: 19; scrollbar-size-vertical: 1; }
    """
    BINDINGS = [Binding("escape,q,question_mark", "dismiss", "Close", tooltip="Close this help")]

    def __init__(self, below: Screen) -> None:
        super().__init__()
        self.explained = _explanation(below)
        self.key_lines = _keys(below)

    def compose(self) -> ComposeResult:
        """The explanation, then the keys."""
        with Vertical():
            yield Static("Help", classes="title")
            with VerticalScroll():
                yield Static(f"{self.explained}\n\n{self.key_lines}", markup=False)
            yield Static("esc closes", classes="muted")


def _explanation(screen: Screen) -> str:
    """The help of the focused widget, or of the nearest thing around it that has one."""
    node = screen.focused or screen
    texts = (getattr(each, "HELP", "") for each in node.ancestors_with_self)
    return next(filter(None, texts), "") or "tuilab: a laboratory for recurrent networks."


def _keys(screen: Screen) -> str:
    lines: dict[str, str] = {}
    for _key, (_node, binding, enabled, tooltip) in screen.active_bindings.items():
        if enabled and tooltip and not binding.system:
            shown = screen.app.get_key_display(binding)
            lines.setdefault(binding.action, f"{shown:>9}  {tooltip}")
    return "\n".join(lines.values())

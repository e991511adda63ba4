"""What is shown while the terminal is too small."""

import os
from typing import Any

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from tuilab.widgets.steady import Steady

COLUMNS, ROWS = 80, 24
_TMUX = "\nIn tmux this gives a row more:\ntmux set status off"


def is_too_small(size: Size) -> bool:
    """Whether a terminal has less than 80 columns or 24 rows."""
    return size.width < COLUMNS or size.height < ROWS


def cover_while_too_small(app: App[Any], size: Size) -> None:
    """Cover the screen while there is too little room, and uncover it when there is enough."""
    covered = isinstance(app.screen, SmallScreen)
    if covered and not is_too_small(size):
        app.pop_screen()
    elif not covered and is_too_small(size):
        app.push_screen(SmallScreen())


class SmallScreen(Steady, Screen[None]):
    """Says what is needed; it goes away by itself."""

    CSS = "SmallScreen { align: center middle; } SmallScreen Static { width: auto; text-align: center; }"

    BINDINGS = [Binding("q", "app.leave", "Quit")]

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static("")

    def on_resize(self) -> None:
        """Say how large the terminal is now."""
        width, height = self.app.size
        self.query_one(Static).update(
            f"tuilab needs {COLUMNS}x{ROWS};\nthis terminal has {width}x{height}.\n"
            f"Make it larger, or q leaves.{_TMUX if 'TMUX' in os.environ else ''}"
        )

"""What is shown while the terminal is too small."""

from typing import Any

from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

COLUMNS, ROWS = 80, 24


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


class SmallScreen(Screen[None]):
    """Says what is needed; it goes away by itself."""

    CSS = "SmallScreen { align: center middle; } SmallScreen Static { width: auto; text-align: center; }"

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static("")

    def on_resize(self) -> None:
        """Say how large the terminal is now."""
        width, height = self.app.size
        self.query_one(Static).update(
            f"tuilab needs {COLUMNS}x{ROWS};\nthis terminal has {width}x{height}.\nMake it larger."
        )

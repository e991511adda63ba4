"""What is shown while the terminal is too small."""

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

COLUMNS, ROWS = 80, 24


def is_too_small(size: Size) -> bool:
    """Whether a terminal has less than 80 columns or 24 rows."""
    return size.width < COLUMNS or size.height < ROWS


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

"""A text in place of another one."""

from rich.cells import cell_len
from textual.widgets import Static


def put(static: Static, text: str) -> None:
    """Show a text; the screen is laid out anew only where it may take other lines than the one before."""
    lines = text.splitlines() or [""]
    fits = len(lines) == static.size.height and max(map(cell_len, lines)) <= static.size.width
    static.update(text, layout=not fits)

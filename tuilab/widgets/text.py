"""A text in place of another one; a path in lines."""

import re

from rich.cells import cell_len
from textual.widgets import Static


def put(static: Static, text: str) -> None:
    """Show a text; the screen is laid out anew only where it may take other lines than the one before."""
    lines = text.splitlines() or [""]
    fits = len(lines) == static.size.height and max(map(cell_len, lines)) <= static.size.width
    static.update(text, layout=not fits)


def folded(path: str, width: int) -> str:
    """A path in lines of at most so many columns that end at its slashes, where they can."""
    lines = [""]
    for part in re.findall(r"[^/]*/|[^/]+$", path):
        if lines[-1] and cell_len(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)

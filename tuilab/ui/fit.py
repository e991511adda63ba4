"""Rows of cells as a terminal can show them: without colours, or without anything but ASCII."""

from functools import lru_cache

from rich.color import ColorType
from rich.style import Style

from tuilab.terminal.ascii import ascii_of
from tuilab.terminal.means import Means
from tuilab.ui.cells import Cell


def fitted(row: list[Cell], means: Means) -> list[Cell]:
    """A row with as many cells that needs no more than the terminal has."""
    if means.colours == "none":
        row = [(text, without_colour(style)) for text, style in row]
    if not means.unicode:
        row = _in_ascii(row)
    return row


@lru_cache(4096)
def without_colour(style: Style | None) -> Style | None:
    """Bold, reverse and the like, and no colour.

    In the `ansi` theme everything stands on the terminal's own ground, but for what is highlighted: that is reversed.
    """
    if not style:
        return style
    highlighted = style.bgcolor is not None and style.bgcolor.type == ColorType.STANDARD
    return style.without_color + Style(reverse=True) if highlighted else style.without_color


def _in_ascii(row: list[Cell]) -> list[Cell]:
    """Each cell with one ASCII character; the right half of a wide character is a blank."""
    out: list[Cell] = []
    for x, (text, style) in enumerate(row):
        if text == "·" and _blank(row, x - 1) and _blank(row, x + 1):
            out.append(("-", style))  # it stands for nothing, or between two things; elsewhere it multiplies
        else:
            out.append((ascii_of(text) if text else " ", style))
    return out


def _blank(row: list[Cell], x: int) -> bool:
    return not 0 <= x < len(row) or row[x][0] in (" ", "")

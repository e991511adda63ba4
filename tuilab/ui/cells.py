"""Screens as cells, and the escape sequences that turn one screen into another."""

from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

BRIDGE = 4  # unchanged cells that are cheaper sent again than jumped over

_JOINER = "\u200d"  # between the parts of some emoji

Cell = tuple[str, Style | None]
"""The text of a cell and its style; the text is empty for the right half of a wide character."""


def cells(segments: Sequence[Segment], width: int) -> list[Cell]:
    """Spread a row of segments over exactly `width` cells; combining characters join the cell before them."""
    row: list[Cell] = []
    for text, style, control in segments:
        if control:
            continue
        if text.isascii() and text.isprintable():
            row += [(character, style) for character in text]
            continue
        for character in text:
            size = cell_len(character)
            if size == 0:
                _join(row, character)
            elif not character.isprintable():
                row += [(" ", style)] * size  # what steers the terminal is no text
            else:
                row += [(character, style), *[("", style)] * (size - 1)]
    row = (row + [(" ", None)] * (width - len(row)))[:width]
    if row and cell_len(row[-1][0]) > 1:
        row[-1] = (" ", row[-1][1])  # a wide character of which only half has room
    return row


def _join(row: list[Cell], mark: str) -> None:
    """Put a combining mark on the last character; at the beginning of a row there is none, and it is left out."""
    if not mark.isprintable() and mark != _JOINER:
        return
    for x in range(len(row) - 1, -1, -1):
        text, style = row[x]
        if text:
            row[x] = (text + mark, style)
            return


def difference(old: list[Cell] | None, new: list[Cell], y: int, colours: ColorSystem | None) -> str:
    """What to send so that row y, which shows `old` (None: unknown), shows `new`. It ends with plain attributes."""
    runs = _runs(old, new)
    if not runs:
        return ""
    out: list[str] = []
    style: str = ""
    for start, end in runs:
        out.append(f"\x1b[{y + 1};{start + 1}H")
        for text, cell_style in new[start:end]:
            wanted = sgr(cell_style, colours)
            if wanted != style:
                out.append(("\x1b[m" if style else "") + wanted)
                style = wanted
            out.append(text)
    return "".join(out) + ("\x1b[m" if style else "")


def _runs(old: list[Cell] | None, new: list[Cell]) -> list[tuple[int, int]]:
    """The stretches of changed cells, near ones joined; none begins or ends inside a wide character."""
    if old is None or len(old) != len(new):
        return [(0, len(new))]
    runs: list[tuple[int, int]] = []
    for x, (before, now) in enumerate(zip(old, new, strict=True)):
        if before != now:
            if runs and x - runs[-1][1] <= BRIDGE:
                runs[-1] = (runs[-1][0], x + 1)
            else:
                runs.append((x, x + 1))
    return [_whole(run, old, new) for run in runs]


def _whole(run: tuple[int, int], old: list[Cell], new: list[Cell]) -> tuple[int, int]:
    start, end = run
    while start > 0 and (new[start][0] == "" or old[start][0] == ""):
        start -= 1
    while end < len(new) and (new[end][0] == "" or old[end][0] == ""):
        end += 1
    return start, end


@lru_cache(4096)
def sgr(style: Style | None, colours: ColorSystem | None) -> str:
    """The sequence that switches a style on; empty for plain text."""
    if style is None or colours is None:
        return ""
    return style.render("x", color_system=colours).partition("x")[0]

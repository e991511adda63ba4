"""One line of the list of runs: the same columns for all, however wide the screen is."""

import math
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tuilab.records.shelf import Row
from tuilab.records.telling import UNKNOWN, spelled, took, when, words_of
from tuilab.widgets.numbers import three

NOTED = "n"
_WIDE = 100  # columns from which there is room for long numbers, and wide gaps
_HEADINGS = ("when", "took", "step", "loss", "seed", "fate", "")
_WIDTHS = {False: (11, 6, 7, 8, 4, 8, 1), True: (11, 6, 9, 8, 10, 8, 1)}
_LEFT = ("when", "fate", "")  # words begin in line, numbers end in line


class RowText(NamedTuple):
    """The line of a run without its marks: its name, its settings, and the rest, each as wide as its column."""

    title: str
    settings: str
    rest: str


def headings(width: int) -> str:
    """The line above the list."""
    return f"{'what was trained':<{_room(width)}}{_joined(_HEADINGS, width)}"


def line_of(row: Row | None, width: int) -> RowText:
    """The line of a run; None is one that cannot be read."""
    room = _room(width)
    if row is None:
        return RowText("", f"{'cannot be read, or is of a newer tuilab':<{width}}"[:width], "")
    words = words_of(spelled(row))
    title = cut(row.label.title, room)
    left = room - cell_len(title)
    settings = cut(f"{'  ' if title else ''}{words}", left)
    cells = (
        when(row.about.began), took(row.seconds), steps(row.step, width), loss(row.loss), words.seed, row.fate,
        NOTED if row.label.notes else "",
    )  # fmt: skip
    return RowText(title, filled(settings, left), _joined(cells, width))


def steps(count: int, width: int) -> str:
    """A number of steps, in seven columns where there is little room."""
    return f"{count:,}" if width >= _WIDE or count < 1_000_000 else f"{count / 1e6:.4g}M"


def loss(value: float | None) -> str:
    """A loss in eight columns."""
    return UNKNOWN if value is None or math.isnan(value) else three(value)


def cut(text: str, room: int) -> str:
    """As much of a text as there are columns for, in characters that can be printed."""
    text = "".join(each if each.isprintable() else " " for each in text)
    return text if cell_len(text) <= room else set_cell_size(text, max(0, room - 1)) + "…" * (room > 0)


def filled(text: str, width: int) -> str:
    """A text in a column of its own."""
    return set_cell_size(cut(text, width), width)


def _room(width: int) -> int:
    return width - sum(each + _gap(width) for each in _WIDTHS[width >= _WIDE])


def _joined(cells: tuple[str, ...], width: int) -> str:
    gap, out = " " * _gap(width), ""
    for heading, cell, columns in zip(_HEADINGS, cells, _WIDTHS[width >= _WIDE], strict=True):
        out += gap + (filled(cell, columns) if heading in _LEFT else cut(cell, columns).rjust(columns))
    return out


def _gap(width: int) -> int:
    return 2 if width >= _WIDE else 1

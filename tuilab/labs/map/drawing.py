"""A map in characters: points as braille dots, groups as digits, torn words as !, labels that do not overlap."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tuilab.labs.map.spec import MapView, Picture

MOST_LABELS, LONGEST_LABEL = 80, 16
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of a braille character, by row and column
Rows = list[list[tuple[str, str]]]
"""Each row is a list of pieces: text and its role."""


class Box(NamedTuple):
    """The part of the map that is looked at: its middle, and how many times it is enlarged."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0

    def places(self, picture: Picture, size: tuple[int, int]) -> list[tuple[float, float]]:
        """Where the points are, in columns and rows from the upper left; the whole map fills the screen."""
        right, up = (1.04 * max(map(abs, along), default=1.0) / self.zoom or 1.0 for along in (picture.x, picture.y))
        width, height = size
        points = zip(picture.x, picture.y, strict=True)
        return [(((x - self.x) / right + 1) / 2 * width, (1 - (y - self.y) / up) / 2 * height) for x, y in points]


class Looked(NamedTuple):
    """The words, and which of their maps is looked at."""

    view: MapView
    picture: Picture


class Sheet:
    """Cells that are free, dotted or taken."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.dots = [[0] * width for _ in range(height)]
        self.marks: dict[tuple[int, int], tuple[str, str]] = {}
        self.written: set[tuple[int, int]] = set()  # cells that labels stand on

    def dot(self, x: float, y: float) -> None:
        """Put a point where there is room for eight in a cell."""
        column, row = int(x), int(y)
        if self.holds(column, row):
            self.dots[row][column] |= _BITS[int(4 * (y - row))][int(2 * (x - column))]

    def mark(self, x: float, y: float, text: str, role: str) -> None:
        """Put a character that stands for one point."""
        if self.holds(int(x), int(y)):
            self.marks[int(x), int(y)] = text, role

    def label(self, x: float, y: float, text: str, role: str) -> bool:
        """Write a word beside a point, to its right or to its left, where nothing stands but dots."""
        column, row, length = int(x), int(y), cell_len(text)
        if (column, row) in self.written:  # the point is below another label
            return False
        for first in (column + 1, column - length):
            cells = [(first + n, row) for n in range(length)]
            around = [*cells, (first - 1, row), (first + length, row)]
            free = all(cell not in self.marks or cell == (column, row) for cell in around)
            if free and all(self.holds(*cell) for cell in cells) and (column, row) not in cells:
                for cell, character in zip(cells, text, strict=False):
                    self.marks[cell] = character, role
                self.written.update(cells)
                return True
        return False

    def holds(self, column: int, row: int) -> bool:
        """Whether there is such a cell."""
        return 0 <= column < self.width and 0 <= row < self.height

    def rows(self, unicode: bool) -> Rows:
        """The cells, those of one role together."""
        return [list(self._pieces(row, unicode)) for row in range(self.height)]

    def _pieces(self, row: int, unicode: bool) -> Iterator[tuple[str, str]]:
        text, role = "", ""
        for column in range(self.width):
            dots = self.dots[row][column]
            plain = " " if not dots else (chr(0x2800 + dots) if unicode else ".")
            character, its = self.marks.get((column, row), (plain, "point"))
            if its != role and text:
                yield text, role
                text = ""
            text, role = text + character, its
        yield text, role


def draw(looked: Looked, box: Box, cursor: int, size: tuple[int, int], unicode: bool) -> Rows:
    """Draw a map on `size` columns and rows, with the cursor on a word."""
    view, picture = looked
    sheet, places = Sheet(*size), box.places(picture, size)
    group_of = {word: number for number, group in enumerate(view.groups) for word in group.words}
    torn = set(picture.torn)
    for word, place in enumerate(places):
        if word in torn:
            sheet.mark(*place, "!", "torn")
        elif word in group_of:
            sheet.mark(*place, str(group_of[word] + 1), f"group{group_of[word]}")
        else:
            sheet.dot(*place)
    sheet.mark(*places[cursor], "@", "cursor")
    near = view.neighbours[cursor]
    sheet.label(*places[cursor], _short(view.words[cursor]), "cursor")
    for word in near:
        sheet.label(*places[word], _short(view.words[word]), "near")
    for word in _others(len(places), group_of, {cursor, *near}):
        sheet.label(*places[word], _short(view.words[word]), "label")
    return sheet.rows(unicode)


def towards(picture: Picture, box: Box, cursor: int, direction: tuple[int, int], size: tuple[int, int]) -> int:
    """The next word in a direction, (columns, rows); the same where there is none. A row counts as two columns."""
    places = box.places(picture, size)
    x, y = places[cursor]
    best, found = float("inf"), cursor
    for word, (column, row) in enumerate(places):
        right, down = column - x, 2 * (row - y)
        along, aside = (right, down) if direction[0] else (down, right)
        along *= direction[0] or direction[1]
        if word != cursor and along > 0 and abs(aside) <= 1.5 * along and along + abs(aside) < best:
            best, found = along + abs(aside), word
    return found


def legend(view: MapView) -> str:
    """What the digits stand for."""
    return "  ".join(f"{number} {group.name}" for number, group in enumerate(view.groups, 1))


def _short(word: str) -> str:
    return word if cell_len(word) <= LONGEST_LABEL else set_cell_size(word, LONGEST_LABEL - 1) + "…"


def _others(count: int, first: Sequence[int] | dict[int, int], without: set[int]) -> list[int]:
    """The words of groups, then the commonest, so many as may be tried."""
    return [word for word in dict.fromkeys([*first, *range(count)]) if word not in without][:MOST_LABELS]

"""A map in characters: points as braille dots, groups as digits, ! beside torn words, labels that do not overlap."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tuilab.labs.map.spec import MapView, Picture
from tuilab.widgets.bars import printable
from tuilab.widgets.braille import ACROSS, BITS, BLANK, UP

LONGEST_LABEL, CELLS_PER_LABEL = 16, 30  # cells of the map for each label, so that it stays a picture
Place = tuple[int, int]  # column and row
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


class Raster:
    """Cells with dots, with marks that stand for points, and with labels beside them."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.dots = [[0] * width for _ in range(height)]
        self.marks: dict[Place, tuple[str, str]] = {}
        self.signs: dict[Place, int] = {}  # of a mark with a sign beside it, how far to which side that is
        self.written: set[Place] = set()  # cells that labels stand on, and points that have one

    def dot(self, x: float, y: float) -> None:
        """Put a point where there is room for eight in a cell."""
        column, row = int(x), int(y)
        if self.holds(column, row):
            self.dots[row][column] |= BITS[int(UP * (y - row))][int(ACROSS * (x - column))]

    def mark(self, x: float, y: float, text: str, role: str) -> None:
        """Put a character that stands for one point."""
        if self.holds(int(x), int(y)):
            self.marks[int(x), int(y)] = text, role

    def sign(self, x: float, y: float, text: str, role: str) -> None:
        """Put a second character beside a mark, or in its place where there is no room."""
        place = column, row = int(x), int(y)
        if place in self.marks and place not in self.signs:
            beside = (side for side in (1, -1) if self.holds(column + side, row) and self._is_free(column + side, row))
            self.signs[place] = next(beside, 0)
            self.mark(column + self.signs[place], row, text, role)

    def label(self, x: float, y: float, word: str, role: str, anyhow: bool = False) -> bool:
        """Write a word beside a point, to its right or to its left, where nothing stands but dots.

        `anyhow` it is written even where something stands.
        """
        place = column, row = int(x), int(y)
        if place in self.written or not self.holds(*place):
            return False
        text = _short(word)
        side, length = self.signs.get(place, 0), cell_len(text)
        right, left = column + 1 + max(0, side), column - length + min(0, side)
        fitting = [first for first in (right, left) if first >= 0 and first + length <= self.width]
        free = [first for first in fitting if self._has_room(first, row, length, {place, (column + side, row)})]
        first = next(iter(free or (fitting if anyhow else ())), None)
        if first is None:
            return False
        for character in text:
            self._write(first, row, character, role)
            first += cell_len(character)
        self.written.add(place)
        return True

    def holds(self, column: int, row: int) -> bool:
        """Whether there is such a cell."""
        return 0 <= column < self.width and 0 <= row < self.height

    def rows(self, unicode: bool) -> Rows:
        """The cells, those of one role together."""
        return [list(self._pieces(row, unicode)) for row in range(self.height)]

    def _is_free(self, column: int, row: int) -> bool:
        return (column, row) not in self.marks

    def _has_room(self, first: int, row: int, length: int, own: set[Place]) -> bool:
        """Whether a label has its cells, and one on each side that is free or its point's own."""
        inside = all(self._is_free(column, row) for column in range(first, first + length))
        return inside and all(self._is_free(*edge) or edge in own for edge in ((first - 1, row), (first + length, row)))

    def _write(self, column: int, row: int, character: str, role: str) -> None:
        """Write a character; a wide one takes the cell behind it too."""
        for place in range(column, column + cell_len(character)):
            self.marks[place, row] = character if place == column else "", role
            self.written.add((place, row))

    def _pieces(self, row: int, unicode: bool) -> Iterator[tuple[str, str]]:
        text, role = "", ""
        for column in range(self.width):
            dots = self.dots[row][column]
            plain = " " if not dots else (chr(BLANK + dots) if unicode else ".")
            character, its = self.marks.get((column, row), (plain, "point"))
            if its != role and text:
                yield text, role
                text = ""
            text, role = text + character, its
        yield text, role


def draw(looked: Looked, box: Box, cursor: int, size: tuple[int, int], unicode: bool) -> Rows:
    """Draw a map on `size` columns and rows, with the cursor on a word."""
    view, picture = looked
    raster, places = Raster(*size), box.places(picture, size)
    group_of = {word: number for number, group in enumerate(view.groups) for word in group.words}
    torn = set(picture.torn)
    for word, place in enumerate(places):
        if word in group_of:
            raster.mark(*place, str(group_of[word] + 1), f"group{group_of[word]}")
        elif word in torn:
            raster.mark(*place, "!", "torn")
        else:
            raster.dot(*place)
    for word in torn & group_of.keys():
        raster.sign(*places[word], "!", "torn")
    raster.mark(*places[cursor], "@", "cursor")
    raster.label(*places[cursor], view.words[cursor], "cursor", anyhow=True)
    near = view.neighbours[cursor]
    for word in near:
        raster.label(*places[word], view.words[word], "near")
    room = size[0] * size[1] // CELLS_PER_LABEL
    for word in _others(view, {cursor, *near}):
        if room > 0:
            room -= raster.label(*places[word], view.words[word], "label")
    return raster.rows(unicode)


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


def in_lines(parts: list[str], width: int, most: int) -> list[str]:
    """As many of the parts, from the first on, as fit whole into so many lines of that width."""
    lines: list[str] = []
    for part in parts:
        if lines and cell_len(lines[-1]) + 2 + cell_len(part) <= width:
            lines[-1] += f"  {part}"
        elif len(lines) < most:
            lines.append(part)
        else:
            break
    return lines


def legend(view: MapView) -> str:
    """What the digits stand for."""
    return "  ".join(f"{number} {group.name}" for number, group in enumerate(view.groups, 1))


def _short(word: str) -> str:
    text = printable(word)
    return text if cell_len(text) <= LONGEST_LABEL else set_cell_size(text, LONGEST_LABEL - 1) + "…"


def _others(view: MapView, without: set[int]) -> Iterator[int]:
    """The words of groups, each group's first, then each one's second; then the commonest."""
    in_turns = (word for turn in zip_longest(*(group.words for group in view.groups)) for word in turn)
    words = dict.fromkeys(word for word in (*in_turns, *range(len(view.words))) if word is not None)
    return (word for word in words if word not in without)

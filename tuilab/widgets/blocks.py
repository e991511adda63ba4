"""Arrays laid out as blocks of numbers on a canvas: where each number stands, and what stands around it."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from tuilab.widgets.numbers import three, without_sign_of_zero

GAP = 2
PRECISE = 9  # columns of a mark and a number with three significant digits; its old value in brackets wants one more
NARROWEST = 6  # columns of a number: a mark, a sign, and 0.00


class Cell(NamedTuple):
    """A number on the canvas: the name of its block, its row and its column there."""

    block: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.block}[{self.row},{self.column}]"

    @classmethod
    def parse(cls, text: str) -> "Cell | None":
        """Read `X·Wx[0,1]`; None where it is not the name of a number."""
        match = re.fullmatch(r"(.+)\[(\d+),(\d+)\]", text)
        return cls(match[1], int(match[2]), int(match[3])) if match else None


@dataclass(frozen=True)
class Block:
    """A named matrix. A None is a number that is not known yet; `old` holds what changed numbers were before."""

    name: str
    values: Sequence[Sequence[float | None]]
    title: str = ""
    row_names: Sequence[str] = ()
    column_names: Sequence[str] = ()
    old: Mapping[tuple[int, int], float] = field(default_factory=dict)
    show_shape: bool = True
    compact: bool = False
    heat: bool = False  # a map: hundredths in narrow columns, on a ground that tells their size
    precise: bool = False  # its numbers may be far below one: three significant digits
    spare: Sequence[int] = ()  # columns that can be left out where there is no room, the first one first
    left_out: Sequence[int] = ()
    level: bool = False  # its rows go on from those of the block to its left, and stay level with them

    @property
    def shape(self) -> str:
        """The shape as it is written: 3×2."""
        return f"{len(self.values)}×{len(self.values[0])}"

    @property
    def shown(self) -> list[int]:
        """The columns that are not left out."""
        return [column for column in range(len(self.values[0])) if column not in self.left_out]

    @property
    def digits(self) -> bool:
        """Whether all numbers of a compact block are single digits, so that they need less room."""
        return self.compact and not self.old and all(v == int(v) and 0 <= v < 10 for row in self.values for v in row)  # type: ignore[arg-type]


class Piece(NamedTuple):
    """A text at a place of the canvas; `role` says how it looks, `cell` which number it is."""

    x: int
    text: str
    role: str
    cell: Cell | None = None
    heat: float | None = None  # from -1 to 1

    @property
    def end(self) -> int:
        """The column behind it; some letters take two."""
        return self.x + width_of(self.text)


Canvas = list[list[Piece]]


def width_of(text: str) -> int:
    """How many columns a text takes; plain mode lays blocks out too, so this needs no screen."""
    return sum(0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text)


def short(value: float | None, width: int = 6) -> str:
    """Write a number in at most `width` characters, two decimals where they fit."""
    if value is None:
        return "·"
    for text in (f"{value:.2f}", f"{value:.1f}", f"{value:.0f}"):
        if len(text) <= width and abs(value) < 10_000:
            return without_sign_of_zero(text)
    return f"{value:.0e}".replace("e+0", "e").replace("e+", "e").replace("e-0", "e-")


def _written(block: Block, value: float | None) -> str:
    if value is not None and block.heat:
        return without_sign_of_zero(f"{100 * value:.0f}") if abs(value) < 1 else short(value, 4)
    if value is None or not (block.digits or block.precise):
        return short(value)
    return f"{abs(value):.0f}" if block.digits else three(value).replace("−", "-")


def lay_out(bands: Sequence[Sequence[Block]]) -> Canvas:
    """Place the blocks of each band side by side, the bands one below the other with a blank line between."""
    canvas: Canvas = []
    for number, band in enumerate(bands):
        if number:
            canvas.append([])
        top, x = len(canvas), 0
        room = {row for block in band for row, _ in block.old} if any(block.level for block in band) else set()
        for block in band:
            lines = _block_lines(block, room)
            while len(canvas) < top + len(lines):
                canvas.append([])
            for y, pieces in enumerate(lines, top):
                canvas[y] += [piece._replace(x=piece.x + x) for piece in pieces]
            x += block_width(block) + GAP
    return canvas


def block_width(block: Block) -> int:
    """The columns a block takes: row names, then for each number a mark and the number."""
    title = len(block.title or block.name) + (len(block.shape) + 1 if block.show_shape else 0)
    return max(_names_width(block) + len(block.shown) * _cell_width(block) + 1, title)


def _cell_width(block: Block) -> int:
    names = [len(name) for name in block.column_names]
    if block.digits or block.heat:
        least = 4 if block.heat else 3
        return max([least, *(name + 1 for name in names)])
    if block.precise:
        return max([PRECISE + bool(block.old), *(name + 1 for name in names)])
    numbers = [len(_written(block, value)) for row in block.values for value in row]
    beside = [(r, c) for r, c in block.old if (r, c - 1) in block.old]  # two brackets need two columns
    brackets = [len(_written(block, block.old[place])) + 1 for place in beside]
    return max([NARROWEST, *(size + 1 for size in names + numbers + brackets)])


def _names_width(block: Block) -> int:
    return max((width_of(name) + 1 for name in block.row_names), default=0)


def _block_lines(block: Block, room: Set[int]) -> Canvas:
    """The lines of a block; the rows in `room` have one below them for old values, though it be empty."""
    title = block.title or block.name
    header = [Piece(1, title, "title")]
    if block.show_shape:
        header.append(Piece(2 + len(title), block.shape, "shape"))
    lines = [header]
    width, left = _cell_width(block), _names_width(block)
    if block.column_names:
        names = [(x, block.column_names[c]) for x, c in enumerate(block.shown)]
        lines.append([Piece(left + x * width, name.rjust(width), "name") for x, name in names])
    for r, row in enumerate(block.values):
        pieces = [Piece(1, block.row_names[r], "name")] if block.row_names else []
        for x, c in enumerate(block.shown):
            value = row[c]
            text = _written(block, value)
            changed = (r, c) in block.old
            role, heat = "changed" if changed else "number", value if block.heat else None
            pieces.append(Piece(left + x * width, text.rjust(width), role, Cell(block.name, r, c), heat))
        lines.append(pieces)
        if any(place[0] == r for place in block.old):
            olds = [
                (x, f"({_written(block, block.old[r, c])})") for x, c in enumerate(block.shown) if (r, c) in block.old
            ]
            lines.append([Piece(left + (x + 1) * width + 1 - len(text), text, "old") for x, text in olds])
        elif r in room:
            lines.append([])
    return lines


def neighbour(canvas: Canvas, cell: Cell, dx: int, dy: int) -> Cell:
    """The next number in a direction; the number itself where there is none."""
    place = find(canvas, cell)
    if place is None:
        return cell
    x, y = place
    if dx:
        row = numbers_of(canvas[y])
        index = row.index(cell) + dx
        return row[index] if 0 <= index < len(row) else cell
    while 0 <= (y := y + dy) < len(canvas):
        near = [(abs(piece.x - x), piece.cell) for piece in canvas[y] if piece.cell]
        if near:
            return min(near)[1]
    return cell


def numbers_of(line: Sequence[Piece]) -> list[Cell]:
    """The numbers of a line, from left to right."""
    return [cell for _, cell in sorted((piece.x, piece.cell) for piece in line if piece.cell)]


def find(canvas: Canvas, cell: Cell) -> tuple[int, int] | None:
    """Where a number stands: column and line."""
    for y, pieces in enumerate(canvas):
        for piece in pieces:
            if piece.cell == cell:
                return piece.x, y
    return None


def first_cell(canvas: Canvas) -> Cell | None:
    """The first number of the canvas."""
    return next((piece.cell for pieces in canvas for piece in pieces if piece.cell), None)

"""Lines as characters: which cells of a canvas a line goes through, and what stands in them.

The dots are those of plotext, to the dot. It goes from one to the next, and then its figures would take most of the
time that a screen has; here a column of dots is a number, one bit each, and what rises in it is set at once. numpy
would be as quick, and cost the process of the screen a sixth of its memory.
"""

import math
from collections.abc import Iterable, Sequence

from tuilab.widgets.braille import ACROSS, BITS, BLANK, UP

_FULL = 1 << UP  # so many ways has a column of a cell
_CHARACTERS = [
    chr(BLANK + sum(left * (lefts >> y & 1) + right * (rights >> y & 1) for y, (left, right) in enumerate(BITS[::-1])))
    for lefts in range(_FULL)
    for rights in range(_FULL)
]
"""By the dots of its left column, and of its right, each a number whose lowest bit is the lowest dot."""

Range = tuple[float, float]
Characters = tuple[list[float], list[float], list[str]]
"""Where the middles of cells are, in the units of the two ranges, and what stands in them."""


def line_marks(
    line: tuple[Sequence[float], Sequence[float]], ranges: tuple[Range, Range], canvas: tuple[int, int], mark: str
) -> Characters:
    """Draw the line through points on a canvas of so many cells across and up, in dots of Braille or in whole marks.

    `mark` is 'braille' or a character. The ends of a range are the middles of the outermost dots, and of the outermost
    cells; what lies outside is left out. Where labels leave no room for a canvas, there is nothing.
    """
    (columns, rows), (across, up) = canvas, (ACROSS, UP) if mark == "braille" else (1, 1)
    if columns < 1 or rows < 1:
        return [], [], []
    dots = _Dots(across * columns, up * rows)
    dots.join(_places(line[0], ranges[0], dots.width), _places(line[1], ranges[1], dots.height))
    seen = dots.seen()
    cells = [
        (column, row, _CHARACTERS[_FULL * left + right] if mark == "braille" else mark)
        for column in range(columns)
        for row, (left, right) in enumerate(_stack(seen[across * column], seen[across * column + across - 1], up))
        if left or right
    ]
    xs = middles([column for column, _, _ in cells], ranges[0], columns)
    ys = middles([row for _, row, _ in cells], ranges[1], rows)
    return xs, ys, [character for _, _, character in cells]


def middles(numbers: Iterable[int], limits: Range, count: int) -> list[float]:
    """Where the middles of some of `count` cells between the limits are."""
    low, high = limits
    return [low + (high - low) * number / max(count - 1, 1) for number in numbers]


def rows_of_line(values: Sequence[float], limits: Range, rows: int) -> list[float]:
    """The middles of the rows in which a line of dots is at some values: what else has such a value stands there too.

    The ends of the range are the middles of the outermost dots, so these rows are not those nearest to the values.
    """
    return middles([place // UP for place in _places(values, limits, UP * rows)], limits, rows)


def _places(values: Sequence[float], limits: Range, count: int) -> list[int]:
    """Which of `count` places between the limits each value is at, counted from 0; as many on either side at most."""
    low, high = limits
    exact = (0.5 + (count - 1) * (value - low) / (high - low) for value in values)
    return [math.floor(round(min(max(place, -count), 2 * count), 8)) for place in exact]


def _stack(left: int, right: int, up: int) -> Iterable[tuple[int, int]]:
    """The dots of two columns cell by cell, from the lowest up."""
    while left or right:
        yield left & ((1 << up) - 1), right & ((1 << up) - 1)
        left, right = left >> up, right >> up


class _Dots:
    """A canvas of dots with as much room on every side again; of each column a number, whose bits are its dots."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._columns = [0] * (3 * width + 1)

    def join(self, xs: list[int], ys: list[int]) -> None:
        """Set each point, and the dots between one and the next, without a gap."""
        columns, right, up = self._columns, self.width, self.height
        for x, y, to_x, to_y in zip(xs, ys, xs[1:], ys[1:], strict=False):
            across, rise = to_x - x, to_y - y
            if across == 0 or (across == 1 and x >= 0):  # all in this column; where it comes to next is set from there
                last = to_y - (rise > 0) + (rise < 0)
                columns[x + right] |= (2 << max(y, last) + up) - (1 << min(y, last) + up)
                continue
            steps = max(abs(across), abs(rise))
            each_x, each_y = across / steps, rise / steps
            for step in range(steps):
                columns[int(x + step * each_x) + right] |= 1 << int(y + step * each_y) + up
        columns[xs[-1] + right] |= 1 << ys[-1] + up

    def seen(self) -> list[int]:
        """The columns of the canvas itself."""
        return [dots >> self.height & (1 << self.height) - 1 for dots in self._columns[self.width : 2 * self.width]]

"""Lines as characters: which cells of a canvas a line goes through, and what stands in them.

The dots are those of plotext, to the dot. It computes them one by one, and then its figures would take most of the
time that a screen has; here they are arrays.
"""

from collections.abc import Sequence

import numpy as np

DOTS = (2, 4)  # of a cell in Braille, across and up
BITS = np.array([[0x40, 0x80], [0x04, 0x20], [0x02, 0x10], [0x01, 0x08]])  # of each dot, from the lowest row up
BLANK = 0x2800

Range = tuple[float, float]
Marks = tuple[list[float], list[float], list[str]]
"""Where the middles of cells are, in the units of the two ranges, and what stands in them."""


def line_marks(
    line: tuple[Sequence[float], Sequence[float]], ranges: tuple[Range, Range], canvas: tuple[int, int], mark: str
) -> Marks:
    """Draw the line through points on a canvas of so many cells across and up, in dots of Braille or in whole marks.

    `mark` is 'braille' or a character. The ends of a range are the middles of the outermost dots, and of the outermost
    cells; what lies outside is left out.
    """
    (columns, rows), (across, up) = canvas, DOTS if mark == "braille" else (1, 1)
    x, y = _joined(_places(line[0], ranges[0], across * columns), _places(line[1], ranges[1], up * rows))
    seen = (x >= 0) & (x < across * columns) & (y >= 0) & (y < up * rows)
    x, y = x[seen], y[seen]
    dots = np.zeros((rows, columns), int)
    np.bitwise_or.at(dots, (y // up, x // across), BITS[y % up, x % across])
    row, column = np.nonzero(dots)
    marks = [chr(BLANK + bits) for bits in dots[row, column].tolist()] if mark == "braille" else [mark] * len(row)
    return middles(column, ranges[0], columns), middles(row, ranges[1], rows), marks


def middles(numbers: np.ndarray, limits: Range, count: int) -> list[float]:
    """Where the middles of some of `count` cells between the limits are."""
    low, high = limits
    return (low + (high - low) * numbers / max(count - 1, 1)).tolist()


def _places(values: Sequence[float], limits: Range, count: int) -> np.ndarray:
    """Which of `count` places between the limits each value is at, counted from 0; as many on either side at most."""
    low, high = limits
    exact = 0.5 + (count - 1) * (np.asarray(values, float) - low) / (high - low)
    return np.floor(np.round(np.clip(exact, -count, 2 * count), 8)).astype(int)


def _joined(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The dots between one and the next, without a gap."""
    across, up = np.diff(x), np.diff(y)
    steps = np.maximum(np.abs(across), np.abs(up))
    start = np.repeat(np.arange(len(steps)), steps)  # of which stretch each dot is
    number = np.arange(len(start)) - np.repeat(np.cumsum(steps) - steps, steps)  # which of its dots
    each = np.maximum(steps, 1)
    return tuple(
        np.append((ends[start] + number * (change / each)[start]).astype(int), ends[-1])
        for ends, change in ((x, across), (y, up))
    )  # type: ignore[return-value]

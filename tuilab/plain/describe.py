"""Answers as plain text: each number with its name, each array with its shape, rows as a table."""

from collections.abc import Iterator
from typing import Any

import msgspec

_WIDEST = 8  # numbers on a line of an array that is one long row
_DIGITS = (6, 4, 3)  # of a number, fewer where the room is small


def describe(answer: Any, name: str = "", room: int | None = None) -> Iterator[str]:
    """Write an answer, or a part of one under its name, a line at a time; `room` is the columns there are."""
    yield from _value(name, msgspec.to_builtins(answer), room)


def _value(name: str, value: Any, room: int | None) -> Iterator[str]:
    match value:
        case dict():
            for key, part in value.items():
                yield from _value(f"{name}.{key}" if name else key, part, room)
        case [dict(), *_] if all(not isinstance(cell, list | dict) for cell in value[0].values()):
            yield f"{name}  {len(value)} rows"
            yield from aligned([list(value[0]), *(list(row.values()) for row in value)], room)
        case [dict() | [[*_], *_], *_]:  # a list of structures or of matrices: each by itself
            if isinstance(value[0], list):
                yield f"{name}  {_shape(value)}"
            for place, part in enumerate(value):
                yield from _value(f"{name}[{place}]", part, room)
        case [[*_], *_]:
            yield f"{name}  {_shape(value)}"
            yield from aligned(value, room)
        case [_, *_]:
            yield f"{name}  {_shape(value)}"
            yield from aligned([value[first : first + _WIDEST] for first in range(0, len(value), _WIDEST)], room)
        case []:
            return
        case _:
            yield f"{name} = {written(value)}"


def aligned(rows: list[list[Any]], room: int | None = None) -> Iterator[str]:
    """Write rows one below the other, with fewer digits where they would not fit."""
    for digits in _DIGITS:
        cells = [[written(value, digits) for value in row] for row in rows]
        widths = [max(len(row[place]) for row in cells if place < len(row)) for place in range(len(cells[0]))]
        if room is None or sum(widths) + 2 * len(widths) <= room:
            break
    for row in cells:
        yield "".join(f"  {cell:>{width}}" for cell, width in zip(row, widths, strict=False))


def written(value: Any, digits: int = _DIGITS[0]) -> str:
    """A single value as it is read: to six digits."""
    return f"{value + 0.0:.{digits}g}" if isinstance(value, float) else str(value)


def _shape(value: Any) -> str:
    sizes = []
    while isinstance(value, list):
        sizes.append(len(value))
        value = value[0] if value else None
    return f"({', '.join(map(str, sizes))}{',' if len(sizes) == 1 else ''})"

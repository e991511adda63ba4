"""Answers as plain text: each number with its name, each array with its shape, rows as a table."""

from collections.abc import Iterator
from typing import Any

import msgspec

_WIDEST = 8  # numbers on a line of an array that is one long row


def describe(answer: Any, name: str = "") -> Iterator[str]:
    """Write an answer, or a part of one under its name, a line at a time."""
    yield from _value(name, msgspec.to_builtins(answer))


def _value(name: str, value: Any) -> Iterator[str]:
    match value:
        case dict():
            for key, part in value.items():
                yield from _value(f"{name}.{key}" if name else key, part)
        case [dict(), *_] if all(not isinstance(cell, list | dict) for cell in value[0].values()):
            yield f"{name}  {len(value)} rows"
            yield from aligned([list(value[0]), *(row.values() for row in value)])
        case [dict() | [[*_], *_], *_]:  # a list of structures or of matrices: each by itself
            if isinstance(value[0], list):
                yield f"{name}  {_shape(value)}"
            for place, part in enumerate(value):
                yield from _value(f"{name}[{place}]", part)
        case [[*_], *_]:
            yield f"{name}  {_shape(value)}"
            yield from aligned(value)
        case [_, *_]:
            yield f"{name}  {_shape(value)}"
            yield from aligned([value[first : first + _WIDEST] for first in range(0, len(value), _WIDEST)])
        case []:
            return
        case _:
            yield f"{name} = {_cell(value)}"


def _shape(value: Any) -> str:
    sizes = []
    while isinstance(value, list):
        sizes.append(len(value))
        value = value[0] if value else None
    return f"({', '.join(map(str, sizes))}{',' if len(sizes) == 1 else ''})"


def aligned(rows: list[Any]) -> Iterator[str]:
    """Write rows of numbers and words, one below the other."""
    cells = [[_cell(value) for value in row] for row in rows]
    width = max(len(cell) for row in cells for cell in row)
    for row in cells:
        yield "  " + "  ".join(f"{cell:>{width}}" for cell in row)


def _cell(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)

"""What labs answer, as plain text: curves are columns of one table, thinned to what can be listened to."""

from collections.abc import Iterator
from typing import Any

import msgspec

from tuilab.plain.describe import aligned, describe

MOST_ROWS = 20


def tell(answer: Any, room: int, name: str = "") -> Iterator[str]:
    """Write an answer, or a part of one under its name: single numbers first, then arrays, then curves.

    `room` is the columns that a line may take.
    """
    value = msgspec.to_builtins(answer)
    if not isinstance(value, dict):
        yield from _part(name, value, room)
        return
    parts = {f"{name}.{key}" if name else str(key): part for key, part in value.items()}
    curves: dict[int, dict[str, list[float]]] = {}
    for key, part in parts.items():
        if _is_curve(part):
            curves.setdefault(len(part), {})[key] = part
    single = [key for key, part in parts.items() if not isinstance(part, list | dict)]
    for key in single + [key for key, part in parts.items() if key not in single and not _is_curve(part)]:
        yield from _part(key, parts[key], room)
    for columns in curves.values():
        yield from table("point", columns, room)


def table(counted: str, columns: dict[str, list[Any]], room: int) -> Iterator[str]:
    """Write columns of equal length, a row's number in front; says how many rows are left out."""
    count = len(next(iter(columns.values())))
    rows = kept(count)
    left_out = f", {count - len(rows)} of them left out here" if len(rows) < count else ""
    yield f"{', '.join(columns)}  {count} rows{left_out}"
    numbers = [[row, *(column[row] for column in columns.values())] for row in rows]
    yield from aligned([[counted, *columns], *numbers], room)


def kept(count: int, most: int = MOST_ROWS) -> list[int]:
    """The rows that stay of so many: the first, the last, and even steps between them."""
    if count <= most:
        return list(range(count))
    return [round(place * (count - 1) / (most - 1)) for place in range(most)]


def _part(name: str, value: Any, room: int) -> Iterator[str]:
    if _is_rows(value):
        yield from _steps(name, value, room)
    elif _is_curve(value):
        yield from table("point", {name: value}, room)
    else:
        yield from describe(value, name, room)


def _steps(name: str, rows: list[dict[str, Any]], room: int) -> Iterator[str]:
    """One row for each time step."""
    yield f"{name}  {len(rows)} rows"
    yield from aligned([["t", *rows[0]], *([t, *row.values()] for t, row in enumerate(rows))], room)


def _is_curve(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(isinstance(number, float) for number in value)


def _is_rows(value: Any) -> bool:
    """Whether it is a list of structures that hold nothing but single values."""
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        return False
    return not any(isinstance(cell, list | dict) for cell in value[0].values())

"""Paths into an answer: `steps[1].Y[0][2]`, `shapes.X`, `rows[0].y`."""

import re
from typing import Any

import msgspec

_STEP = re.compile(r"(?:^|(?<=.)\.)(?P<name>[A-Za-z_]\w*)|(?<=.)\[(?P<index>-?\d+)\]")


class PathError(LookupError):
    """A path that cannot be read or leads nowhere; the text is one sentence."""


def steps(path: str) -> tuple[str | int, ...]:
    """Read a path as names and places in lists. Raises PathError."""
    found: list[str | int] = []
    position = 0
    while position < len(path) or not path:
        match = _STEP.match(path, position)
        if match is None:
            raise PathError(f"{path!r} is not a path; write one like steps[1].Y[0][2].")
        found.append(match["name"] or int(match["index"]))
        position = match.end()
    return tuple(found)


def value_at(answer: Any, path: str) -> Any:
    """Find what a path gives in an answer of structs, dicts and lists. Raises PathError."""
    value, walked = answer, ""
    for step in steps(path):
        value = _step(value, step, walked or "the answer", path)
        walked += f"[{step}]" if isinstance(step, int) else f".{step}" if walked else step
    return value


def _step(value: Any, step: str | int, where: str, path: str) -> Any:
    if isinstance(step, int):
        if not isinstance(value, list | tuple):
            raise PathError(f"{path} leads nowhere: {where} is not a list.")
        if not -len(value) <= step < len(value):
            raise PathError(f"{path} leads nowhere: {where} has {len(value)} entries, counted from 0.")
        return value[step]
    named = _named(value)
    if step not in named:
        there = f"There are: {', '.join(map(str, named))}." if named else "It has no names in it."
        raise PathError(f"{path} leads nowhere: {where} has no {step!r}. {there}")
    return named[step]


def _named(value: Any) -> dict[Any, Any]:
    if isinstance(value, msgspec.Struct):
        return {name: getattr(value, name) for name in value.__struct_fields__}
    return value if isinstance(value, dict) else {}

"""What an edit changed, in few lines: how many numbers of each array, and which."""

from collections.abc import Iterator
from typing import Any

import msgspec

from tuilab.plain.describe import written

_FEW = 3  # numbers that are told with their old and new value


def changes(before: Any, after: Any) -> Iterator[str]:
    """Compare two answers of the same lab; sizes that differ are told as such."""
    old, new = (dict(_arrays("", msgspec.to_builtins(answer))) for answer in (before, after))
    if {name: set(array) for name, array in old.items()} != {name: set(array) for name, array in new.items()}:
        yield "The sizes are others now: lab prints the numbers."
        return
    told = [line for name in new for line in _compared(name, old[name], new[name])]
    yield from ["What changed:", *told] if told else ["No number changed."]


def _compared(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    places = [place for place in new if new[place] != old[place]]
    if not places:
        return
    if len(places) <= _FEW:
        for place in places:
            yield f"{name}{place} = {written(new[place])}, before {written(old[place])}"
    elif len(places) == len(new):
        yield f"{name}: all {len(new)} numbers"
    else:
        yield f"{name}: {len(places)} of {len(new)} numbers, {', '.join(map(str.strip, places))}"


def _arrays(name: str, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each array of an answer by its name, with its numbers by their places; rows are an array for each column."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _arrays(f"{name}.{key}" if name else key, part)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        if any(isinstance(part, list | dict) for part in value[0].values()):
            for place, part in enumerate(value):
                yield from _arrays(f"{name}[{place}]", part)
        else:
            for key in value[0]:
                yield f"{name}, {key}", {f" t={t}": row[key] for t, row in enumerate(value)}
    else:
        yield name, dict(_places("", value))


def _places(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from _places(f"{place}[{index}]", part)
    else:
        yield place, value

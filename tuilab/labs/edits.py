"""Edits of single numbers as text: `Wx[0,1]:0.5,b[0,2]:-1`, each the name of a number and its new value."""

import math
import re
from typing import NamedTuple

_EDIT = re.compile(r"([A-Za-z_]+)(?:\[(\d{1,4}(?:,\d{1,4})*)\])?:([^,:\[\]]+)(?:,|$)")
_THOUSANDS = re.compile(r"[1-9]\d*(?:,\d{3})+$")


class Edit(NamedTuple):
    """One number set by the learner: the name of its array, its place there, its value."""

    array: str
    place: tuple[int, ...]
    value: float

    def __str__(self) -> str:
        place = ",".join(map(str, self.place))
        return f"{self.array}[{place}]:{self.value!r}" if place else f"{self.array}:{self.value!r}"


def parse_edits(text: str) -> tuple[Edit, ...]:
    """Read edits. Raises ValueError with a sentence."""
    edits, position = [], 0
    while position < len(text):
        match = _EDIT.match(text, position)
        if match is None:
            raise ValueError(f"set={text} cannot be read at {text[position:]!r}; write edits as NAME[0,1]:0.5.")
        array, place, value = match.groups()
        edits.append(Edit(array, tuple(map(int, place.split(","))) if place else (), number(value)))
        position = match.end()
    return tuple(edits)


def spell_edits(edits: tuple[Edit, ...]) -> str:
    """Write edits in their text form; of two for the same number only the later one counts."""
    return ",".join(map(str, {edit[:2]: edit for edit in edits}.values()))


def check_edits(edits: tuple[Edit, ...], shapes: dict[str, tuple[int, ...]]) -> None:
    """Raise ValueError with a sentence where an edit names an array or a place that is not there."""
    for edit in edits:
        shape = shapes.get(edit.array)
        if shape is None:
            raise ValueError(f"set: there is no {edit.array} to set. There are: {', '.join(shapes)}.")
        if len(edit.place) != len(shape) or any(i >= n for i, n in zip(edit.place, shape, strict=True)):
            places = ", ".join(f"0 to {n - 1}" for n in shape)
            given = ",".join(map(str, edit.place))
            raise ValueError(f"set: {edit.array}[{given}] is not a place of {edit.array}; its places are [{places}].")


def read_number(text: str) -> float:
    """Read a number that was typed, with a point or a comma. Raises ValueError with a sentence."""
    typed = text.strip()
    if not typed:
        raise ValueError("No number is given; write one like 0.5, -2 or 1e-3.")
    if _THOUSANDS.search(typed):
        raise ValueError(f"{typed} is thousands to some and decimals to others; write it with a point, or no comma.")
    try:
        value = math.nan if "_" in typed else float(plain(typed))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{typed!r} is not a number; write one like 0.5, -2 or 1e-3.")
    return value


def number(text: str) -> float:
    """Read a number that is to be set. Raises ValueError with a sentence."""
    value = read_number(text)
    if abs(value) > 1e6:
        raise ValueError(f"{text.strip()} cannot be set; a number here is between -1,000,000 and 1,000,000.")
    return value


def plain(text: str) -> str:
    """A number as Python reads it: a learner may write a comma, and the minus sign that is on the screen."""
    return text.strip().replace("−", "-").replace(",", ".")

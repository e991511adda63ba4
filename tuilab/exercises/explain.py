"""Says in the terms of an exercise how what was seen differs from what was expected."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from tuilab.exercises.observed import Amiss, Other, Raised, close, same

MOST = 3  # sentences


def differences(call: str, wanted: Any, given: Any, tolerance: float) -> list[str]:
    """The sentences that say how a probe's result differs; none where it is the same."""
    return list(_differences(call, wanted, given, tolerance))[:MOST]


def _differences(call: str, wanted: Any, given: Any, tolerance: float) -> Iterator[str]:
    if isinstance(wanted, dict) and isinstance(given, dict) and wanted.keys() & given.keys():
        for key in (key for key in wanted if key in given):  # a probe stops where it can see no more
            yield from _differences_of(call, key, wanted[key], given[key], tolerance)
    elif isinstance(wanted, tuple) and isinstance(given, tuple) and len(wanted) == len(given):
        for place, pair in enumerate(zip(wanted, given, strict=True)):
            yield from _differences(f"{call}, item {place}", *pair, tolerance)
    elif not same(wanted, given, tolerance):
        yield f"{call}{_difference(wanted, given, tolerance)}"


def _differences_of(call: str, key: str, wanted: Any, given: Any, tolerance: float) -> Iterator[str]:
    if not (isinstance(wanted, bool) and isinstance(given, bool)):
        yield from _differences(f"{call}, {key}", wanted, given, tolerance)
    elif wanted and not given:
        yield f"{call}: it should be that {key}, and is not."
    elif given and not wanted:
        yield f"{call}: {key}, and that should not be."


def _difference(wanted: Any, given: Any, tolerance: float) -> str:
    match wanted, given:
        case _, Amiss():
            return f" {given.words}"
        case _, Raised():
            return f" raises {given.name}{f': {given.words}' if given.words else ''}."
        case np.ndarray(), np.ndarray():
            tell = _numbers if wanted.shape == given.shape else _shapes
            return f": {tell(wanted, given, tolerance)}."
        case (bool(), bool()) | (str(), str()):
            return f": {_word(wanted)} expected, yours is {_word(given)}."
    if given is None:
        return " gives None: is there a return?"
    return f" gives {_noun(given)}, and {_noun(wanted)} {_verb(wanted)} expected."


def _shapes(wanted: np.ndarray, given: np.ndarray, tolerance: float) -> str:
    if wanted.ndim == 0:
        return f"one number expected, yours has shape {_shape(given)}"
    if given.ndim == 0:
        return f"shape {_shape(wanted)} expected, yours is one number"
    return f"shape {_shape(wanted)} expected, yours is {_shape(given)}{_why(wanted, given, tolerance)}"


def _why(wanted: np.ndarray, given: np.ndarray, tolerance: float) -> str:
    """What two shapes have to do with each other."""
    if sorted(wanted.shape) == sorted(given.shape):
        return ": the axes are swapped"
    if [n for n in wanted.shape if n > 1] == [n for n in given.shape if n > 1]:
        return f": an axis of length 1 is {'missing' if given.ndim < wanted.ndim else 'too many'}"
    if wanted.size == given.size:
        return ": as many numbers, in another shape"
    if wanted.shape[1:] != given.shape[1:]:
        return ""
    more = given.shape[0] - wanted.shape[0]
    what = f"{'number' if wanted.ndim == 1 else 'row'}{'s' if abs(more) > 1 else ''}"
    first = wanted.size and given.size and close(wanted[0], given[0], tolerance).all()
    return f": {abs(more)} {what} too {'many' if more > 0 else 'few'}{', the first is right' if first else ''}"


def _numbers(wanted: np.ndarray, given: np.ndarray, tolerance: float) -> str:
    if wanted.ndim == 0:
        return f"{_number(wanted)} expected, yours is {_number(given)}"
    wrong = np.argwhere(~close(wanted, given, tolerance))
    first = tuple(map(int, wrong[0]))
    where = f"[{', '.join(map(str, first))}]"
    many = f"{len(wrong)} of {wanted.size} numbers differ, the first at {where}"
    return f"{many}: {_number(wanted[first])} expected, yours is {_number(given[first])}"


def _number(value: Any) -> str:
    return f"{float(value):.5g}"


def _shape(array: np.ndarray) -> str:
    return f"({', '.join(map(str, array.shape))}{',' if array.ndim == 1 else ''})"


def _word(value: bool | str) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else repr(value)


def _noun(value: Any) -> str:
    match value:
        case np.ndarray():
            return "one number" if value.ndim == 0 else f"numbers of shape {_shape(value)}"
        case Other():
            return f"a {value.name}"
        case tuple():
            return f"a sequence of {len(value)} things of different lengths or kinds"
        case None:
            return "None"
    return {dict: "a dict", str: "a text", bool: "True or False"}.get(type(value), "something else")


def _verb(value: Any) -> str:
    return "are" if isinstance(value, np.ndarray) and value.ndim else "is"

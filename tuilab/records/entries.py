"""The lines of the record of progress: what they hold, and how what cannot be read is passed over."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

FORMAT = 1


class PageSeen(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page that was read, and when; whether a look at that page alone was what the learner wanted."""

    lesson: str
    page: int
    time: str
    jumped: bool = False


class Answered(msgspec.Struct, frozen=True):
    """An answer to a quiz: what was given, whether it was right, and when."""

    quiz: str
    right: bool
    given: str
    time: str


class Hinted(msgspec.Struct, frozen=True):
    """A hint that was shown to a quiz: the first is 1; and when."""

    hint: str
    step: int
    time: str


class Predicted(msgspec.Struct, frozen=True):
    """What was predicted before the lab showed it, whether it was right, and when."""

    predict: str
    right: bool
    given: str
    time: str


class Setting(msgspec.Struct, frozen=True):
    """A setting of the program."""

    setting: str
    value: str | int | float | bool | None


Entry = PageSeen | Answered | Hinted | Predicted | Setting
_KINDS: dict[str, type[Entry]] = {
    "lesson": PageSeen,
    "quiz": Answered,
    "hint": Hinted,
    "predict": Predicted,
    "setting": Setting,
}


def of_newer_format(data: bytes) -> bool:
    """Whether a file says in its first line that it is of a format not known here."""
    first = _value(data.partition(b"\n")[0])
    return "format" in first and first["format"] != FORMAT


def read_entries(data: bytes) -> Iterator[Entry]:
    """Read the entries of a file; lines that are cut short, damaged or of another kind are passed over."""
    for line in data.split(b"\n"):
        value = _value(line)
        kind = next((kind for key, kind in _KINDS.items() if key in value), None)
        if kind is not None:
            try:
                yield msgspec.convert(value, kind)
            except msgspec.ValidationError:
                continue


def _value(line: bytes) -> dict[str, Any]:
    """The object that a line holds, an empty one where it holds none."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}

"""The lines of the record of progress: what they hold, and which are damaged.

The first line is `{"format": 1}`. A new kind of line is an addition to that format: who does not know it passes over it
and leaves it where it is. `lab`, `left` and `exercise` came that way. Another format is for what older programs would
misread.
"""

import json
from typing import Annotated, Any

import msgspec

FORMAT = 1
Page = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Step = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class DamagedError(ValueError):
    """A line that is none of the record's."""


class CutError(DamagedError):
    """One that is not even JSON, as one is that was cut short."""


class PageSeen(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page that was read, and when; whether a look at that page alone was what the learner wanted."""

    lesson: str
    page: Page
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
    step: Step
    time: str


class Predicted(msgspec.Struct, frozen=True):
    """What was predicted before the lab showed it, whether it was right, and when."""

    predict: str
    right: bool
    given: str
    time: str


class LabSet(msgspec.Struct, frozen=True):
    """How the lab on a page of a lesson, `own` by the page itself, was spelled by the learner, and when.

    An empty spelling is the page's own again.
    """

    lab: str
    page: Page
    own: str
    spelling: str
    time: str


class Left(msgspec.Struct, frozen=True):
    """A lesson that was left, and when."""

    left: str
    time: str


class Exercised(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was done with an exercise, and when: it was `solved`, or a `hint`, the first is 1, or `solution` shown."""

    exercise: str
    did: str
    time: str
    step: Step = 1


class Setting(msgspec.Struct, frozen=True):
    """A setting of the program."""

    setting: str
    value: str | int | float | bool | None


Entry = PageSeen | Answered | Hinted | Predicted | LabSet | Left | Exercised | Setting
_KINDS: dict[str, type[Entry]] = {
    "lesson": PageSeen,
    "quiz": Answered,
    "hint": Hinted,
    "predict": Predicted,
    "lab": LabSet,
    "left": Left,
    "exercise": Exercised,
    "setting": Setting,
}


def read_line(line: bytes) -> dict[str, Any]:
    """The object of a line. Raises DamagedError."""
    try:
        value = json.loads(line.decode())
    except (ValueError, RecursionError):
        raise CutError from None
    if not isinstance(value, dict):
        raise DamagedError
    return value


def read_entry(value: dict[str, Any]) -> Entry | None:
    """The entry of a line's object; None where it is of a kind that is not known here. Raises DamagedError."""
    kind = next((kind for key, kind in _KINDS.items() if key in value), None)
    try:
        return msgspec.convert(value, kind) if kind is not None else None
    except (msgspec.ValidationError, OverflowError):
        raise DamagedError from None


def is_newer(value: dict[str, Any]) -> bool:
    """Whether a first line says that its file is of a format that is not known here."""
    return "format" in value and value["format"] != FORMAT


def written(value: dict[str, Any]) -> bytes:
    """A line as it is written."""
    return json.dumps(value).encode() + b"\n"


def line_of(entry: Entry) -> bytes:
    """The line of an entry."""
    return written(msgspec.to_builtins(entry))

"""What can be asked of an experiment: its fields, what they allow, and what to say of a value that does not fit."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, get_args, get_type_hints

import msgspec
from msgspec import inspect


class Spec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of one experiment; every field has a default.

    `msgspec.Meta` on a field gives its bounds and, as `description`, its help; a field of text also says what
    it allows, as `extra={"allowed": ...}`. Rules between fields stand in `__post_init__` of the subclass and
    raise ValueError with a full sentence.
    """

    kind: ClassVar[str]
    switchable: ClassVar[tuple[str, ...]] = ()
    """The fields that can be switched while a run goes on; see `labs.switches`."""

    @classmethod
    def meant(cls, settings: Mapping[str, str]) -> "type[Spec]":
        """The class that settings in their text form are of, where one of them asks for another than this."""
        return cls

    def implied(self) -> frozenset[str]:
        """Name the fields whose values follow from other fields and so need not be spelled."""
        return frozenset()


_NAMES = "with commas between them, as hidden,lr"


class LabSpec(Spec, frozen=True, kw_only=True):
    """The settings of a lab, of which whoever sets an experiment up may lock or hide some; see `labs.locks`.

    `fields` leaves these two out: they are of every lab, and no form offers them.
    """

    lock: Annotated[
        str,
        msgspec.Meta(
            max_length=400,
            description="settings that cannot be changed",
            extra={"allowed": f"all, or names of settings {_NAMES}"},
        ),
    ] = ""
    hide: Annotated[
        str,
        msgspec.Meta(
            max_length=400,
            description="settings that cannot be changed and are not shown",
            extra={"allowed": f"names of settings {_NAMES}"},
        ),
    ] = ""


_BRANCH = msgspec.Meta(
    max_length=100,
    pattern=r"^(\d{8}-\d{6}\.\d{6}-\w+@\d{1,8})?$",
    description="the kept run, and its step, that the training goes on from",
    extra={"allowed": "nothing, or a kept run and a step of it, as NAME@400", "everywhere": ("",)},
)


class TrainingSpec(LabSpec, frozen=True, kw_only=True):
    """The settings of an experiment that trains: from its first step, or on from a moment of a kept run."""

    branch: Annotated[str, _BRANCH] = ""

    def check_from_the_start(self) -> None:
        """Raise ValueError with a sentence where a question that trains by itself is to go on from elsewhere."""
        if self.branch:
            raise ValueError(f"{self.kind}: leave branch out; this question trains from the first step.")


class Show(Spec, frozen=True, kw_only=True):
    """The state that a lesson page puts a lab's panel into; its kind is the lab's."""

    kind = "show"


class MomentQuestion(Spec, frozen=True, kw_only=True):
    """A question to a run: what it was at a step of it that was kept."""

    at: Annotated[int, msgspec.Meta(ge=-1, le=10_000_000, description="the step of the run; -1 is the last")] = -1
    towards: Annotated[
        int, msgspec.Meta(ge=-1, le=1, description="the kept moment before (-1) or after (1) that one")
    ] = 0


CURSOR = msgspec.Meta(
    pattern=r"^(.+\[\d{1,4},\d{1,4}\])?$",
    description="the number under the cursor",
    extra={"allowed": "a place like Wx[0,1]"},
)


class FieldError(ValueError):
    """A value that its field does not allow; the text is one sentence for the learner."""


@dataclass(frozen=True)
class Field:
    """One setting: its name, its type with bounds, its default, one line of help, and what it allows.

    `allowed` can follow the word 'is': 'a whole number from 1 to 8'.
    """

    name: str
    type: Any
    default: Any
    help: str
    allowed: str
    choices: tuple[str, ...] = ()
    everywhere: tuple[str, ...] | None = None
    """Of a field that names something kept on this machine, the values that mean the same on any."""

    def parse(self, text: str) -> Any:
        """Read a value from its text form. Raises FieldError, which says what was given and what is allowed."""
        try:
            if self.is_number and any(character in text for character in "_ "):
                raise ValueError
            value = msgspec.convert(text, self.type, strict=False)
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError
            return value
        except (msgspec.ValidationError, ValueError):
            raise FieldError(f"{self.name}={text} is not allowed: {self.name} is {self.allowed}.") from None

    def spell(self, value: Any) -> str:
        """Write a value in its text form."""
        return f"{value:g}" if isinstance(value, float) and float(f"{value:g}") == value else str(value)

    @property
    def is_number(self) -> bool:
        """Whether the field holds a number rather than a word."""
        return isinstance(self.default, int | float)


_LAST = frozenset(TrainingSpec.__struct_fields__)


@cache
def fields(spec: type[Spec]) -> tuple[Field, ...]:
    """List the fields of a spec, in the order in which they are declared; of a lab without `lock` and `hide`.

    What all labs that train share comes last.
    """
    if spec is not LabSpec and issubclass(spec, LabSpec):
        return tuple(field for field in _described(spec) if field.name not in LabSpec.__struct_fields__)
    return _described(spec)


def _described(spec: type[Spec]) -> tuple[Field, ...]:
    hints = get_type_hints(spec, include_extras=True)
    described = inspect.type_info(spec)
    assert isinstance(described, inspect.StructType)
    found = []
    for field in sorted(described.fields, key=lambda each: each.name in _LAST):
        metadata = field.type
        assert isinstance(metadata, inspect.Metadata), f"{spec.__name__}: {field.name} has no Meta"
        help_line = (metadata.extra_json_schema or {})["description"]
        choices = get_args(get_args(hints[field.name])[0]) if isinstance(metadata.type, inspect.LiteralType) else ()
        allowed = _allowed(metadata.type, choices, metadata.extra or {})
        everywhere = (metadata.extra or {}).get("everywhere")
        found.append(Field(field.name, hints[field.name], field.default, help_line, allowed, choices, everywhere))
    return tuple(found)


def _allowed(limits: inspect.Type, choices: tuple[str, ...], extra: dict) -> str:
    if choices:
        return "one of " + ", ".join(choices)
    if isinstance(limits, inspect.IntType | inspect.FloatType):
        noun = "a whole number" if isinstance(limits, inspect.IntType) else "a number"
        if limits.gt is not None:
            return f"{noun} above {limits.gt:g}, up to {_plain(limits.le)}"
        return f"{noun} from {_plain(limits.ge)} to {_plain(limits.le)}"
    return extra["allowed"]


def _plain(bound: float | None) -> str:
    """A bound as a reader writes it: 1,000,000 rather than 1e+06."""
    return f"{bound:,}" if isinstance(bound, int) else f"{bound:g}"

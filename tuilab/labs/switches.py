"""Switches thrown during a run: `120:activation=relu,300:clip=1`.

After 120 training steps the activation became relu. A spec that can be switched has a field `switched`, of this form,
and names in `switchable` the fields that can be; it is what a run is replayed from, number for number.
"""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from tuilab.labs.spec import FieldError, Spec, fields

MOST = 60
Switched = Annotated[
    str,
    Meta(
        description="what is switched during the run, after which step",
        extra={"allowed": "switches like 120:activation=relu,300:clip=1"},
    ),
]


class Switch(NamedTuple):
    """After `step` training steps the field `name` takes the `value`, in its text form."""

    step: int
    name: str
    value: str

    def __str__(self) -> str:
        return f"{self.step}:{self.name}={self.value}"


def switches(spec: Any) -> tuple[Switch, ...]:
    """The switches of a spec, in order. Raises ValueError with a sentence."""
    found = [_read(spec, text.strip()) for text in spec.switched.split(",")] if spec.switched else []
    if len(found) > MOST:
        raise ValueError(f"{spec.kind}: {len(found)} switches are too many; at most {MOST} can be thrown in one run.")
    return tuple(sorted(found, key=lambda switch: switch.step))


def check(spec: Any) -> None:
    """Raise ValueError with a sentence where a switch cannot be read or thrown; `spec` has a number of `steps`."""
    for switch in switches(spec):
        if not 1 <= switch.step < spec.steps:
            raise ValueError(
                f"{spec.kind}: switched={switch} is not allowed: the training has {spec.steps:,} steps, and a switch "
                f"is thrown after 1 to {spec.steps - 1:,} of them."
            )


def in_force(spec: Any, step: int) -> Any:
    """The settings after so many steps, as a spec without switches."""
    new = {each.name: _value(spec, each) for each in switches(spec) if each.step <= step}
    return msgspec.structs.replace(spec, switched="", **new)


def new_at(spec: Any, step: int) -> dict[str, Any]:
    """The settings that are others after so many steps than before them; a switch to what is so already is none."""
    return changes(in_force(spec, step - 1), in_force(spec, step))


def changes(before: Any, after: Any) -> dict[str, Any]:
    """What can be switched and differs, as it is after."""
    new = {name: getattr(after, name) for name in after.switchable}
    return {name: value for name, value in new.items() if value != getattr(before, name)}


def spelled(spec: Any, name: str) -> str:
    """The value of a setting in its text form."""
    return str(_field(spec, name).spell(getattr(spec, name)))


def thrown(spec: Any, step: int, settings: Mapping[str, str]) -> Any:
    """The spec with settings switched after `step` steps; before the first step they are plain settings.

    Raises ValueError with a sentence.
    """
    named = {name: _value(spec, Switch(step, name, value)) for name, value in settings.items()}
    if step == 0:
        return msgspec.structs.replace(spec, **named)
    kept = [each for each in switches(spec) if each.step < step or (each.step == step and each.name not in settings)]
    now = in_force(_with(spec, kept), step)
    for name, value in named.items():
        if value != getattr(now, name):
            kept.append(Switch(step, name, _field(spec, name).spell(value)))
    changed = _with(spec, kept)
    check(changed)
    return changed


def taken_back(spec: Any, step: int) -> Any:
    """The spec as it was after `step` steps, before anything was switched there."""
    return _with(spec, [each for each in switches(spec) if each.step < step])


def _with(spec: Any, kept: list[Switch]) -> Any:
    return msgspec.structs.replace(spec, switched=",".join(map(str, sorted(kept, key=lambda each: each.step))))


def _read(spec: Spec, text: str) -> Switch:
    place, colon, setting = text.partition(":")
    name, equals, value = setting.partition("=")
    if not (colon and equals and place.isascii() and place.isdecimal() and len(place) < 10):
        raise ValueError(
            f"{spec.kind}: switched={text} cannot be read; write switches as STEP:NAME=VALUE, as 120:activation=relu."
        )
    switch = Switch(int(place), name, value)
    _value(spec, switch)
    return switch


def _value(spec: Spec, switch: Switch) -> Any:
    try:
        return _field(spec, switch.name).parse(switch.value)
    except FieldError as error:
        raise ValueError(f"{spec.kind}: {error}") from None


def _field(spec: Spec, name: str) -> Any:
    if name not in spec.switchable:
        there = ", ".join(spec.switchable)
        can = f"What can be switched: {there}" if there else "nothing in it can be"
        raise ValueError(f"{spec.kind}: {name} cannot be switched during a run. {can}.")
    return next(field for field in fields(type(spec)) if field.name == name)

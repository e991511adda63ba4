"""An experiment as a line to be kept or sent: the command that opens it, and what of it is only on this machine."""

import msgspec

from tuilab.labs.spec import Spec, fields
from tuilab.labs.spelling import command

_NEWEST = "last"


def line_of(spec: Spec, run: str = "") -> tuple[str, list[str]]:
    """The command, and a sentence for each setting that other machines may read otherwise.

    `run` is the name of the kept run that `last` stands for, where that is known: then the line names it, since the
    newest run is soon another one. Raises ValueError where no line can carry it.
    """
    kept = [field for field in fields(type(spec)) if field.everywhere is not None]
    newest = [field.name for field in kept if getattr(spec, field.name) == _NEWEST]
    if run and newest:
        spec = msgspec.structs.replace(spec, **dict.fromkeys(newest, run))
    if not (line := command(spec)).isprintable():  # pasted, it could steer a terminal
        raise ValueError(f"{spec.kind}: a setting has characters in it that cannot be typed, so no line can carry it.")
    return line, [
        _note(field.name, field.spell(getattr(spec, field.name)))
        for field in kept
        if getattr(spec, field.name) not in (field.everywhere or ())
    ]


def untrained(steps: int) -> str:
    """What a line does not say of an experiment that has trained so many steps; empty where it has trained none."""
    return f"The line says what is trained, not how far: opened, it has yet to train the {steps:,} steps." * bool(steps)


def _note(name: str, value: str) -> str:
    if value == _NEWEST:
        return f"{name}=last is the newest run that is kept on this machine: soon another one, and elsewhere another."
    return f"What {name}={value} names is on this machine; elsewhere the line opens only where it is there too."

"""Makes a training where there is memory for it.

Linux promises memory that it does not have, then ends the process that takes it: so it is reckoned before. The
experiment of a lab that can grow so says what a spec `needs`, in bytes, and which of its fields, its `SIZES`, can be
made smaller.
"""

from bisect import bisect_left
from collections.abc import Callable

from msgspec.structs import replace

from tuilab.labs import catalogue
from tuilab.labs.free_memory import free_memory
from tuilab.labs.run import Run
from tuilab.labs.spec import Spec, fields

_SHARE = 0.9  # of what is free; the rest is for what is not reckoned


class NoRoomError(ValueError):
    """There is not enough memory now; the sentence says for what, and what would fit."""


def begin(spec: Spec) -> Run:
    """The training of a spec. Raises NoRoomError where there is not enough memory for it."""
    check_room(spec)
    training: Run = catalogue.experiment_of(spec.kind).Training(spec)
    return training


def check_room(spec: Spec) -> None:
    """Raise NoRoomError where a training would take more memory than is free."""
    module, free = catalogue.experiment_of(spec.kind), free_memory()
    if not hasattr(module, "needs") or free is None:
        return
    usable = _SHARE * free
    if (needed := module.needs(spec)) > usable:
        advice = _advice(spec, module.SIZES, lambda other: module.needs(other) <= usable)
        raise NoRoomError(f"{spec.kind}: it takes {_told(needed)} of memory, and can have {_told(usable)}; {advice}.")


def _advice(spec: Spec, sizes: tuple[str, ...], fits: Callable[[Spec], bool]) -> str:
    for name in sizes:
        if most := _largest(spec, name, fits):
            return f"{name}={getattr(spec, name)} is too large here, with the rest as it is {name} is at most {most}"
    return f"make {', '.join(sizes)} smaller"


def _largest(spec: Spec, name: str, fits: Callable[[Spec], bool]) -> int | None:
    """The largest value of a field at which it fits; None where it never does."""
    field = next(each for each in fields(type(spec)) if each.name == name)
    values = range(field.type.__metadata__[0].ge, getattr(spec, name))
    place = bisect_left(values, True, key=lambda value: not fits(replace(spec, **{name: value})))
    return values[place - 1] if place else None


def _told(size: float) -> str:
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"

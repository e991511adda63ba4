"""Well-known slips in working out a number by hand, told by the number that each would give.

A lab that knows some has a module `slips` with a function of that name: from its spec, its answer and the place of a
number in that answer, it gives the numbers that slips would lead to.
"""

import logging
import math
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple

from tuilab.labs import catalogue
from tuilab.labs.edits import number, plain
from tuilab.labs.spec import Spec

_log = logging.getLogger(__name__)

Place = tuple[str | int, ...]
"""Names and places in lists: ("steps", 1, "sum", 0, 2) for steps[1].sum[0][2]."""
_EXACT = 1e-6
_SMALL = 0.01
_APART = 3  # units of the last digit typed


class Slip(NamedTuple):
    """What was done wrongly, the number that comes of it, and where to look."""

    name: str
    value: float
    pointer: str

    def __str__(self) -> str:
        return f"It is what comes out where {self.name}. {self.pointer}"


def slips(spec: Spec, answer: Any, place: Place) -> Iterator[Slip]:
    """The slips that a lab knows for the number at a place; none where it knows none.

    A slip that cannot be worked out is no reason to leave an answer without a verdict: that goes to the log alone.
    """
    owner = catalogue.owner(spec.kind)
    if owner is None or find_spec(f"tuilab.labs.{owner.name}.slips") is None:
        return
    try:
        yield from catalogue.part(owner.name, "slips").slips(spec, answer, place)
    except Exception:
        _log.exception("the slips of %s cannot be worked out", spec.kind)


def find_slip(found: Iterator[Slip], typed: str, given: float, right: float, tolerance: float) -> Slip | None:
    """The first slip whose number rounds to what was typed, where what was typed tells it from the right number.

    It does where the two are further apart than the tolerance, and at least three units of the last digit typed: 0.3
    for 0.3555 says too little to be called a slip that gives 0.2718, and 0.27 says enough. A slip that gives the very
    number need be one unit away: 0.5 for 0.25 is half of 1, and no rounding.
    """
    near = half_of_last_digit(typed)

    def tells(slip: Slip) -> bool:
        off = abs(slip.value - given)
        apart = max(tolerance, 2 * near * (1 if off <= _EXACT else _APART)) + _EXACT
        return off <= near + _EXACT and abs(slip.value - right) > apart

    return next(filter(tells, found), None)


def beside(found: Iterator[Slip], name: str, typed: str, right: float) -> str:
    """What was typed for a number beside what it is, with the slip that it shows. Raises ValueError with a sentence."""
    given, shown = number(typed), _written(right)
    if abs(given - right) <= max(half_of_last_digit(typed), _EXACT):
        return f"Right: {name} is {shown}."
    slip = find_slip(found, typed, given, right, 0.0)
    return f"You said {typed.strip()}, {name} is {shown}." + (f"\n{slip}" if slip else "")


def _written(value: float) -> str:
    """With four decimals, or three digits of what is small; a whole number as it is."""
    if isinstance(value, int):
        return str(value)
    return (f"{value:.3g}" if 0 < abs(value) < _SMALL else f"{value:.4f}").replace("-", "−")


def half_of_last_digit(typed: str) -> float:
    """How far a number may be from what was typed and still round to it; a whole number is meant exactly."""
    digits, _, exponent = plain(typed).lower().partition("e")
    decimals = len(digits.partition(".")[2]) - float(exponent or 0)
    return 0.5 * 10.0**-decimals if decimals > 0 else 0.0


def rounded(*values: float, digits: int) -> list[float]:
    """Numbers as who rounds too early goes on with them: 0.25 as 0.3, as it is done by hand."""
    scale = 10.0**digits
    return [math.copysign(math.floor(abs(value) * scale + 0.5 + _EXACT) / scale, value) for value in values]


def dot(row: Sequence[float], column: Sequence[float]) -> float:
    """The sum of their products."""
    return sum(a * b for a, b in zip(row, column, strict=True))


def sigmoid(z: float) -> float:
    """1 / (1 + exp(−z)), for any size of z."""
    return 0.5 * (1 + math.tanh(z / 2))


TOO_EARLY = "what it is made of was rounded too early"
KEEP_DIGITS = "Keep all digits until the end, and round once."
EXCHANGED = "row and column are exchanged"
EXCHANGED_POINTER = "The first index is the row, a sequence; the second the column, a neuron."

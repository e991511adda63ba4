"""Slips in working out what the neuron says."""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tuilab.labs.neuron.spec import Neuron, NeuronView, Row
from tuilab.labs.slips import KEEP_DIGITS, TOO_EARLY, Place, Slip


def slips(spec: Neuron, view: NeuronView, place: Place) -> Iterator[Slip]:
    """The slips for what is computed in `rows[t]` and `unseen_rows[t]`; sum and y carry those of their parts."""
    if len(place) != 3 or place[0] not in ("rows", "unseen_rows"):
        return
    rows: list[Row] = getattr(view, str(place[0]))
    t, name = range(len(rows))[int(place[1])], str(place[2])
    if name == "input_part":
        yield from _of_input(view, rows[t])
    elif name == "memory_part":
        yield from _of_memory(view, rows, t)
    elif name in ("sum", "y"):
        yield from _of_output(spec, view, rows, t, name)
    elif name == "error":
        yield Slip("the output is taken from the target", -rows[t].error, "The error is y less the target.")


def _of_input(view: NeuronView, row: Row) -> Iterator[Slip]:
    yield Slip("w_x is left out", row.x, "The input is weighed by w_x.")
    yield Slip("w_y was taken for w_x", view.w_y * row.x, "The input is weighed by w_x.")


def _of_memory(view: NeuronView, rows: list[Row], t: int) -> Iterator[Slip]:
    if not t:
        return
    before, said = rows[t - 1], "w_y weighs what the neuron said, y(t-1), not what it heard."
    yield Slip("the input of the step before was taken for its output", view.w_y * before.x, said)
    yield Slip("w_y is left out", before.y, "What it said before is weighed by w_y.")
    yield Slip("w_x was taken for w_y", view.w_x * before.y, "What it said before is weighed by w_y.")
    if t > 1:
        yield Slip("y(t-2) was taken for y(t-1)", view.w_y * rows[t - 2].y, "w_y weighs what it said last.")


def _of_output(spec: Neuron, view: NeuronView, rows: list[Row], t: int, name: str) -> Iterator[Slip]:
    f = _ACTIVATIONS[spec.activation if name == "y" else "linear"]
    row = rows[t]
    if name == "y" and spec.activation != "linear":
        yield Slip(
            "the activation is left out", row.sum, f"The sum, {row.sum:g}, still goes through {spec.activation}."
        )
    yield Slip("the bias is left out", f(row.input_part + row.memory_part), "Add b at every step.")
    yield Slip("what the neuron said before is left out", f(row.input_part + view.b), "Add w_y times y(t-1).")
    for slip in _of_memory(view, rows, t):
        yield slip._replace(value=f(row.input_part + slip.value + view.b))
    for slip in _of_input(view, row):
        yield slip._replace(value=f(slip.value + row.memory_part + view.b))
    again = _Again(view, _ACTIVATIONS[spec.activation], [row.x for row in rows[: t + 1]])
    unbiased = getattr(again.run(b=0.0), name)
    yield Slip("the bias is left out at every step", unbiased, "Add b at every step.")
    for digits in (1, 2):
        yield Slip(TOO_EARLY, getattr(again.run(digits=digits), name), KEEP_DIGITS)


class _Said(NamedTuple):
    sum: float
    y: float


class _Again(NamedTuple):
    """The neuron over its inputs once more, with something done otherwise at every step."""

    view: NeuronView
    f: Callable[[float], float]
    x: list[float]

    def run(self, b: float | None = None, digits: int = 12) -> _Said:
        """The last sum and output, with another bias, or with each output rounded before it goes on."""
        said = _Said(0.0, 0.0)
        for x in self.x:
            total = self.view.w_x * x + self.view.w_y * said.y + (self.view.b if b is None else b)
            said = _Said(total, round(self.f(total), digits))
        return said


_ACTIVATIONS: dict[str, Callable[[float], float]] = {
    "linear": float,
    "tanh": math.tanh,
    "relu": lambda total: max(0.0, total),
}

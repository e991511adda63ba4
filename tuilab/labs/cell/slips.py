"""Slips in working out a number of the cell, forwards."""

import math
from collections.abc import Iterator

from tuilab.labs.cell.spec import Cell, CellTrace, Gate, Walk
from tuilab.labs.slips import KEEP_DIGITS, TOO_EARLY, Place, Slip, rounded


def slips(spec: Cell, trace: CellTrace, place: Place) -> Iterator[Slip]:
    """The slips for now.C, now.tanh_C, now.h, and for sum and value of each of now.gates."""
    match place:
        case ("now", "C") if trace.cell == "lstm":
            yield from _of_C(trace.now)
        case ("now", "h"):
            yield from _OF_H[trace.cell](trace)
        case ("now", "gates", int(k), "sum"):
            yield from _of_sum(trace.now.gates[k])
        case ("now", "gates", int(k), "value") if not trace.now.gates[k].held:
            yield from _of_value(trace.now.gates[k])


def _values(walk: Walk) -> dict[str, float]:
    return {gate.name: gate.value for gate in walk.gates}


def _of_C(walk: Walk) -> Iterator[Slip]:
    gates, C = _values(walk), walk.C_before or 0.0
    i, f, g = gates["i"], gates["f"], gates["g"]
    yield Slip("the forget gate is not applied", C + i * g, "f says how much of C(t-1) stays.")
    yield Slip("the input gate is not applied", f * C + g, "i says how much of g is let in.")
    yield Slip("neither gate is applied", C + g, "f weighs C(t-1), i weighs g.")
    yield Slip("f and i are exchanged", i * C + f * g, "f weighs C(t-1), i weighs g.")
    yield Slip("only what was kept is counted", f * C, "Add what is let in, i·g.")
    yield Slip("only what is let in is counted", i * g, "Add what is kept, f·C(t-1).")
    for digits in (1, 2):
        f, C, i, g = rounded(gates["f"], walk.C_before or 0.0, gates["i"], gates["g"], digits=digits)
        yield Slip(TOO_EARLY, f * C + i * g, KEEP_DIGITS)


def _of_lstm(trace: CellTrace) -> Iterator[Slip]:
    walk, o = trace.now, _values(trace.now)["o"]
    C, before = walk.C or 0.0, walk.C_before or 0.0
    yield Slip("the output gate is not applied", math.tanh(C), "o says how much of tanh(C) is shown.")
    yield Slip("tanh is left out", o * C, "C goes through tanh before o weighs it.")
    yield Slip("C of the step before was taken", o * math.tanh(before), "h is made of the new C.")
    for digits in (1, 2):
        o_rounded, C_rounded = rounded(o, C, digits=digits)
        yield Slip(TOO_EARLY, o_rounded * math.tanh(C_rounded), KEEP_DIGITS)


def _of_gru(trace: CellTrace) -> Iterator[Slip]:
    walk, gates = trace.now, _values(trace.now)
    z, n, h = gates["z"], gates["n"], walk.h_before[trace.unit]
    yield Slip("z and 1−z are exchanged", z * h + (1 - z) * n, "Here z says how much of n is let in, 1−z what stays.")
    yield Slip("the update gate is not applied", h + n, "1−z weighs h(t-1), z weighs n.")
    yield Slip("only the candidate is counted", z * n, "Add what stays, (1−z)·h(t-1).")
    yield Slip("only what stays is counted", (1 - z) * h, "Add what is let in, z·n.")
    for digits in (1, 2):
        z, h, n = rounded(gates["z"], walk.h_before[trace.unit], gates["n"], digits=digits)
        yield Slip(TOO_EARLY, (1 - z) * h + z * n, KEEP_DIGITS)


def _of_rnn(trace: CellTrace) -> Iterator[Slip]:
    yield from _of_value(trace.now.gates[0])


_OF_H = {"lstm": _of_lstm, "gru": _of_gru, "rnn": _of_rnn}


def _of_sum(gate: Gate) -> Iterator[Slip]:
    name = "" if gate.name == "h" else f"_{gate.name}"
    yield Slip("the bias is left out", gate.sum - gate.b, f"Add b{name}.")
    yield Slip("what the layer said before is left out", gate.sum - gate.Uh, "Add U·h, what it heard of the layer.")
    yield Slip("the input is left out", gate.sum - gate.Wx, "Add W·x.")
    if gate.PC is not None:
        yield Slip("the peephole is left out", gate.sum - gate.PC, "Add P·C, what it sees of the cell state.")
    for digits in (1, 2):
        value = sum(rounded(gate.Wx, gate.Uh, gate.PC or 0.0, gate.b, digits=digits))
        yield Slip(TOO_EARLY, value, KEEP_DIGITS)


def _of_value(gate: Gate) -> Iterator[Slip]:
    squashed = gate.name not in "gnh"
    name, f, other = ("σ", _sigmoid, math.tanh) if squashed else ("tanh", math.tanh, _sigmoid)
    yield Slip("the activation is left out", gate.sum, f"The sum, {gate.sum:.4g}, still goes through {name}.")
    wrong = "tanh" if squashed else "σ"
    yield Slip(f"{wrong} was taken", other(gate.sum), f"The sum goes through {name}.")
    for slip in _of_sum(gate):
        yield slip._replace(value=f(slip.value))


def _sigmoid(total: float) -> float:
    return 0.5 * (1 + math.tanh(total / 2))

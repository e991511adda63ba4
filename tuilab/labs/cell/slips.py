"""Slips in working out a number of the cell; those of the way back stand in `slips_back`."""

import math
from collections.abc import Callable, Iterator, Sequence

from tuilab.labs.cell.slips_back import slips_back
from tuilab.labs.cell.spec import Cell, CellTrace, Gate, Walk
from tuilab.labs.slips import KEEP_DIGITS, TOO_EARLY, Place, Slip, dot, rounded, sigmoid

_LAST = "What comes in is h(t-1), what the layer said last."


def slips(spec: Cell, trace: CellTrace, place: Place) -> Iterator[Slip]:
    """The slips for now.C, now.tanh_C, now.h, and for Wx, Uh, PC, sum and value of each of now.gates.

    sum and value carry those of what they are made of. On the way back, those of `slips_back`.
    """
    yield from slips_back(trace, place)
    match place:
        case ("now", "C" | "tanh_C" as name) if trace.cell == "lstm":
            yield from (_of_C if name == "C" else _of_tanh_C)(trace)
        case ("now", "h"):
            yield from _OF_H[trace.cell](trace)
        case ("now", "gates", int(k), str(name)) if name in _OF_GATE:
            yield from _OF_GATE[name](trace, trace.now.gates[k])


def _values(walk: Walk) -> dict[str, float]:
    return {gate.name: gate.value for gate in walk.gates}


def _of_C(trace: CellTrace) -> Iterator[Slip]:
    walk = trace.now
    gates, C = _values(walk), walk.C_before or 0.0
    i, f, g = gates["i"], gates["f"], gates["g"]
    yield Slip("the forget gate is not applied", C + i * g, "f says how much of C(t-1) stays.")
    yield Slip("the input gate is not applied", f * C + g, "i says how much of g is let in.")
    yield Slip("neither gate is applied", C + g, "f weighs C(t-1), i weighs g.")
    yield Slip("f and i are exchanged", i * C + f * g, "f weighs C(t-1), i weighs g.")
    yield Slip("only what was kept is counted", f * C, "Add what is let in, i·g.")
    yield Slip("only what is let in is counted", i * g, "Add what is kept, f·C(t-1).")
    shown = "f weighs the cell state, C(t-1); h(t-1) is what was shown of it."
    yield Slip("h(t-1) was taken for C(t-1)", f * walk.h_before[trace.unit] + i * g, shown)
    if walk.C_earlier is not None:
        yield Slip("C(t-2) was taken for C(t-1)", f * walk.C_earlier + i * g, "f weighs the cell state one step ago.")
    for digits in (1, 2):
        f, C, i, g = rounded(gates["f"], walk.C_before or 0.0, gates["i"], gates["g"], digits=digits)
        yield Slip(TOO_EARLY, f * C + i * g, KEEP_DIGITS)


def _of_tanh_C(trace: CellTrace) -> Iterator[Slip]:
    C, before = trace.now.C or 0.0, trace.now.C_before or 0.0
    yield Slip("tanh is left out", C, f"C, {C:.4g}, still goes through tanh.")
    yield Slip("σ was taken", sigmoid(C), "C goes through tanh.")
    yield Slip("C of the step before was taken", math.tanh(before), "h is made of the new C.")
    for digits in (1, 2):
        yield Slip(TOO_EARLY, math.tanh(round(C, digits)), KEEP_DIGITS)


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
    if walk.h_earlier:
        earlier = walk.h_earlier[trace.unit]
        yield Slip("h(t-2) was taken for h(t-1)", (1 - z) * earlier + z * n, "1−z weighs what the unit said last.")
    for digits in (1, 2):
        z, h, n = rounded(gates["z"], walk.h_before[trace.unit], gates["n"], digits=digits)
        yield Slip(TOO_EARLY, (1 - z) * h + z * n, KEEP_DIGITS)


def _of_rnn(trace: CellTrace) -> Iterator[Slip]:
    yield from _of_value(trace, trace.now.gates[0])


_OF_H = {"lstm": _of_lstm, "gru": _of_gru, "rnn": _of_rnn}


def _of_fed(trace: CellTrace, gate: Gate) -> Iterator[Slip]:
    for digits in (1, 2):
        yield Slip(TOO_EARLY, dot(rounded(*gate.W, digits=digits), rounded(*trace.now.x, digits=digits)), KEEP_DIGITS)


def _of_heard(trace: CellTrace, gate: Gate) -> Iterator[Slip]:
    walk, U, h = trace.now, f"U{_index(gate)}", trace.now.h_before
    if gate.name == "n":
        unweighed = dot(gate.U, h) if walk.m is None else walk.m
        yield Slip("the reset gate is not applied", unweighed, "r says how much of h(t-1) the candidate hears.")
    row = f"The unit hears the layer through its row of {U}."
    yield Slip(f"a column of {U} was taken for its row", _heard(trace, gate, gate.back.U_out, h), row)
    yield Slip("h of this step was taken for h(t-1)", _heard(trace, gate, gate.U, walk.h_all), _LAST)
    if walk.h_earlier:
        yield Slip("h(t-2) was taken for h(t-1)", _heard(trace, gate, gate.U, walk.h_earlier), _LAST)
    for digits in (1, 2):
        value = _heard(trace, gate, rounded(*gate.U, digits=digits), rounded(*h, digits=digits))
        yield Slip(TOO_EARLY, value, KEEP_DIGITS)


def _heard(trace: CellTrace, gate: Gate, U: Sequence[float], h: Sequence[float]) -> float:
    """What a gate hears of these states through these weights; a GRU's candidate hears it through r."""
    walk = trace.now
    if gate.name != "n":
        return dot(U, h)
    if walk.c_n is None:
        return dot(U, [r * each for r, each in zip(walk.r_all, h, strict=True)])
    return walk.r_all[trace.unit] * (dot(U, h) + walk.c_n)


def _of_seen(trace: CellTrace, gate: Gate) -> Iterator[Slip]:
    if gate.PC is None:
        return
    before, now = trace.now.C_all_before, trace.now.C_all
    if trace.peephole == "diagonal":
        before, now = before[trace.unit :][:1], now[trace.unit :][:1]
    right, wrong = (now, before) if gate.name == "o" else (before, now)
    taken = "C(t-1) was taken for C of this step" if gate.name == "o" else "C of this step was taken for C(t-1)"
    sees = "o sees the new C." if gate.name == "o" else f"{gate.name} sees the cell state one step ago."
    row = f"The unit sees the cell state through its row of P_{gate.name}."
    yield Slip(f"a column of P_{gate.name} was taken for its row", dot(gate.back.P_out, right), row)
    yield Slip(taken, dot(gate.P, wrong), sees)
    for digits in (1, 2):
        value = dot(rounded(*gate.P, digits=digits), rounded(*right, digits=digits))
        yield Slip(TOO_EARLY, value, KEEP_DIGITS)


def _of_sum(trace: CellTrace, gate: Gate) -> Iterator[Slip]:
    yield Slip("the bias is left out", gate.sum - gate.b, f"Add b{_index(gate)}.")
    yield Slip("what the layer said before is left out", gate.sum - gate.Uh, "Add U·h, what it heard of the layer.")
    yield Slip("the input is left out", gate.sum - gate.Wx, "Add W·x.")
    if gate.PC is not None:
        yield Slip("the peephole is left out", gate.sum - gate.PC, "Add P·C, what it sees of the cell state.")
    for part, of_part in ((gate.Wx, _of_fed), (gate.Uh, _of_heard), (gate.PC or 0.0, _of_seen)):
        for slip in of_part(trace, gate):
            yield slip._replace(value=gate.sum - part + slip.value)
    for digits in (1, 2):
        value = sum(rounded(gate.Wx, gate.Uh, gate.PC or 0.0, gate.b, digits=digits))
        yield Slip(TOO_EARLY, value, KEEP_DIGITS)


def _of_value(trace: CellTrace, gate: Gate) -> Iterator[Slip]:
    if gate.held:
        return
    squashed = gate.name not in "gnh"
    name, f, other = ("σ", sigmoid, math.tanh) if squashed else ("tanh", math.tanh, sigmoid)
    yield Slip("the activation is left out", gate.sum, f"The sum, {gate.sum:.4g}, still goes through {name}.")
    wrong = "tanh" if squashed else "σ"
    yield Slip(f"{wrong} was taken", other(gate.sum), f"The sum goes through {name}.")
    for slip in _of_sum(trace, gate):
        yield slip._replace(value=f(slip.value))
    for digits in (1, 2):
        yield Slip(TOO_EARLY, f(round(gate.sum, digits)), KEEP_DIGITS)


_OF_GATE: dict[str, Callable[[CellTrace, Gate], Iterator[Slip]]] = {
    "Wx": _of_fed, "Uh": _of_heard, "PC": _of_seen, "sum": _of_sum, "value": _of_value,
}  # fmt: skip


def _index(gate: Gate) -> str:
    return "" if gate.name == "h" else f"_{gate.name}"

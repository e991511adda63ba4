"""Slips in working out a number of the cell, on the way back."""

from collections.abc import Iterator
from typing import NamedTuple

from tuilab.labs.cell.spec import CellTrace, Gate, Walk
from tuilab.labs.slips import Place, Slip, dot

_OF_ALL = "A unit is heard by all units: through a column of U, which is a row of Uᵀ."


class _Loss(NamedTuple):
    """How the loss changes with a state: by this step's own prediction, and by what was carried back."""

    name: str
    own: float
    carried: float

    @property
    def total(self) -> float:
        return self.own + self.carried


def slips_back(trace: CellTrace, place: Place) -> Iterator[Slip]:
    """The slips for now.dC_own, now.dC_before, now.dh_before, and for d, slope and da of each gate's `back`.

    Those of the sums of own and carried go by now.dh and now.dC.
    """
    match place:
        case ("now", "dh" | "dC" as name):
            yield from _parts((_dh if name == "dh" else _dC)(trace.now), 1.0)
        case ("now", "dh_before"):
            yield from _of_dh_before(trace)
        case ("now", "dC_own") if trace.cell == "lstm":
            yield from _of_dC_own(trace)
        case ("now", "dC_before") if trace.cell == "lstm":
            yield from _of_dC_before(trace)
        case ("now", "gates", int(k), "back", "d"):
            yield from _of_d(trace, trace.now.gates[k])
        case ("now", "gates", int(k), "back", "slope"):
            yield from _of_slope(trace.now.gates[k])
        case ("now", "gates", int(k), "back", "da"):
            yield from _of_da(trace, trace.now.gates[k])


def _dh(walk: Walk) -> _Loss:
    return _Loss("dh", walk.dh_own, walk.dh_carried)


def _dC(walk: Walk) -> _Loss:
    return _Loss("dC", walk.dC_own or 0.0, walk.dC_carried or 0.0)


def _parts(loss: _Loss, factor: float, more: float = 0.0) -> Iterator[Slip]:
    """Half of what the loss sends to a state was taken for all of it."""
    both = f"{loss.name} is the sum of own and carried."
    yield Slip(f"what was carried back of {loss.name} is left out", loss.own * factor + more, both)
    yield Slip(f"this step's own part of {loss.name} is left out", loss.carried * factor + more, both)


def _met(trace: CellTrace, name: str) -> tuple[_Loss, float]:
    """The state that a gate is a factor of, by its loss, and what the gate is multiplied with."""
    walk, gates = trace.now, {gate.name: gate.value for gate in trace.now.gates}
    if trace.cell == "rnn":
        return _dh(walk), 1.0
    if trace.cell == "gru":
        return _dh(walk), gates["n"] - walk.h_before[trace.unit] if name == "z" else gates["z"]
    factors = {"i": gates["g"], "f": walk.C_before or 0.0, "g": gates["i"], "o": walk.tanh_C or 0.0}
    return (_dh if name == "o" else _dC)(walk), factors[name]


def _of_d(trace: CellTrace, gate: Gate) -> Iterator[Slip]:
    name, walk = gate.name, trace.now
    if name == "r":
        yield from _of_reset(trace)
        return
    loss, factor = _met(trace, name)
    yield from _parts(loss, factor)
    if trace.cell == "rnn":
        return
    meets = f"{name} is multiplied with something else on the way forwards: with that {loss.name} reaches it."
    yield Slip(f"{name} was taken for what it is multiplied with", loss.total * gate.value, meets)
    yield Slip("what the gate is multiplied with is left out", loss.total, meets)
    if trace.cell == "lstm":
        other = (_dC if name == "o" else _dh)(walk)
        through = "o is a factor of h alone." if name == "o" else f"{name} is a factor of C, not of h."
        yield Slip(f"{other.name} was taken for {loss.name}", other.total * factor, through)
    if name == "f":
        yield Slip("C of this step was taken for C(t-1)", loss.total * (walk.C or 0.0), "f weighs C(t-1).")
    if name == "o":
        yield Slip("C was taken for tanh(C)", loss.total * (walk.C or 0.0), "o weighs tanh(C).")
    if name == "z":
        before = walk.h_before[trace.unit]
        yield Slip("n and h(t-1) are exchanged", -loss.total * factor, "h grows with z by n − h(t-1).")
        yield Slip("h(t-1) is left out", loss.total * (factor + before), "What is let in replaces h(t-1): n − h(t-1).")
    if name == "n":
        yield Slip("1−z was taken for z", loss.total * (1 - factor), "z says how much of n is let in.")


def _of_reset(trace: CellTrace) -> Iterator[Slip]:
    walk, n = trace.now, next(gate for gate in trace.now.gates if gate.name == "n")
    if trace.reset == "before":
        value = dot(n.U, n.back.da_all) * walk.h_before[trace.unit]
        yield Slip("the product is not transposed", value, _OF_ALL)
        yield Slip("h(t-1) is left out", dot(n.back.U_out, n.back.da_all), "r weighs h(t-1).")
    else:
        yield Slip("what r weighs is left out", n.back.da, "r weighs U_n·h(t-1) + c_n.")


def _of_slope(gate: Gate) -> Iterator[Slip]:
    value, name = gate.value, gate.name
    if gate.held:
        return
    if name in "gnh":
        yield Slip("the square is left out", 1 - value, f"The slope is 1 − {name}².")
        yield Slip("the slope of σ was taken", value * (1 - value), f"{name} comes out of tanh: 1 − {name}².")
    else:
        yield Slip(f"1 − {name} is left out", value, f"The slope is {name}·(1 − {name}).")
        yield Slip("the slope of tanh was taken", 1 - value**2, f"{name} comes out of σ: {name}·(1 − {name}).")


def _of_da(trace: CellTrace, gate: Gate) -> Iterator[Slip]:
    back = gate.back
    yield Slip("the slope is left out", back.d, f"d{gate.name} still goes through the slope, {back.slope:.4g}.")
    for slip in _of_slope(gate):
        yield slip._replace(value=back.d * slip.value)
    for slip in _of_d(trace, gate):
        yield slip._replace(value=slip.value * back.slope)


def _of_dC_own(trace: CellTrace) -> Iterator[Slip]:
    gates, dh, tanh_C = {gate.name: gate for gate in trace.now.gates}, _dh(trace.now), trace.now.tanh_C or 0.0
    o, flat, seen = gates["o"].value, 1 - tanh_C**2, gates["o"].back.to_C
    yield Slip("the output gate is not applied", dh.total * flat + seen, "o says how much of tanh(C) is shown.")
    yield Slip("the slope of tanh is left out", dh.total * o + seen, "C goes through tanh: its slope is 1 − tanh²(C).")
    yield Slip("the square is left out", dh.total * o * (1 - tanh_C) + seen, "The slope of tanh is 1 − tanh²(C).")
    if trace.peephole != "no":
        yield Slip("the peephole of o is left out", dh.total * o * flat, "C is also seen by o: add P_o's part.")
    yield from _parts(dh, o * flat, seen)


def _of_dC_before(trace: CellTrace) -> Iterator[Slip]:
    gates, dC = {gate.name: gate for gate in trace.now.gates}, _dC(trace.now)
    f, seen = gates["f"].value, gates["i"].back.to_C + gates["f"].back.to_C
    kept = "Along the cell state f alone stands on the way back."
    yield Slip("the forget gate is not applied", dC.total + seen, kept)
    yield Slip("the input gate was taken for the forget gate", dC.total * gates["i"].value + seen, kept)
    if trace.peephole != "no":
        yield Slip("the peepholes are left out", dC.total * f, "i and f see C(t-1): add what goes back through P.")
    yield from _parts(dC, f, seen)


def _of_dh_before(trace: CellTrace) -> Iterator[Slip]:
    walk, total = trace.now, trace.now.dh_before
    past = walk.past_the_gates if trace.cell == "gru" else 0.0
    turned = sum(_sent(trace, gate, gate.U) for gate in walk.gates)
    yield Slip("the product is not transposed", turned + past, _OF_ALL)
    own = sum(_sent(trace, gate, _alone(gate, trace.unit)) for gate in walk.gates)
    yield Slip("only the unit itself is counted", own + past, _OF_ALL)
    if trace.cell == "gru":
        yield Slip("what passes by the gates is left out", total - past, "Add dh·(1 − z).")
        n = walk.gates[-1]
        unweighed = total - n.back.to_h + dot(n.back.U_out, n.back.da_all)
        yield Slip("the reset gate is not applied", unweighed, "The candidate hears h(t-1) through r.")
    if len(walk.gates) > 1:
        for gate in walk.gates:
            missing = f"the way through {gate.name} is left out"
            yield Slip(missing, total - gate.back.to_h, "h(t-1) goes into every gate: add them all.")


def _alone(gate: Gate, unit: int) -> list[float]:
    """The weights out of a unit, all but that into itself taken for nought."""
    return [weight if each == unit else 0.0 for each, weight in enumerate(gate.back.U_out)]


def _sent(trace: CellTrace, gate: Gate, U: list[float]) -> float:
    """What goes back to h(t-1) through these weights; a GRU's candidate hears it through r."""
    walk, da = trace.now, gate.back.da_all
    if gate.name != "n":
        return dot(U, da)
    if trace.reset == "after":
        return dot(U, [each * r for each, r in zip(da, walk.r_all, strict=True)])
    return dot(U, da) * walk.r_all[trace.unit]

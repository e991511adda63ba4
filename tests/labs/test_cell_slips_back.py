"""Each slip on a cell's way back is known by its number, worked out here from what all units of the layer show."""

import numpy as np
import pytest

from tests.labs.test_cell_slips import CELLS, UNIT, CellByHand, check
from tests.labs.typed import asked, names, said_to


class BackByHand(CellByHand):
    """The way back through a unit, by numpy, with something done otherwise."""

    def __init__(self, spelled: str, k: int = 0) -> None:
        super().__init__(spelled, k)
        self.dh, self.dC = (
            np.array([getattr(self.now, f"{name}_own") or 0.0, getattr(self.now, f"{name}_carried") or 0.0])
            for name in ("dh", "dC")
        )
        self.value, self.slope, self.d = self.gate.value, self.gate.back.slope, self.gate.back.d
        self.U_of = [np.array([walk.gates[k].U for walk in self.walks]) for k in range(len(self.now.gates))]
        self.da_of = [np.array([walk.gates[k].back.da for walk in self.walks]) for k in range(len(self.now.gates))]

    def halves(self, of: str, factor: float, more: float = 0.0):
        own, carried = getattr(self, of)
        yield f"what was carried back of {of} is left out", own * factor + more
        yield f"this step's own part of {of} is left out", carried * factor + more

    def seen(self, *names: str) -> float:
        """What goes back through the peepholes of these gates."""
        total = 0.0
        for k, each in enumerate(self.now.gates):
            if each.name in names and each.P:
                P, da = np.array([walk.gates[k].P for walk in self.walks]), self.da_of[k]
                total += P[:, UNIT] @ da if self.full else P[UNIT, 0] * da[UNIT]
        return total

    def of_slope(self):
        v = self.value
        if self.squashed:
            yield f"1 − {self.gate.name} is left out", v
            yield "the slope of tanh was taken", 1 - v * v
        else:
            yield "the square is left out", 1 - v
            yield "the slope of σ was taken", v * (1 - v)

    def of_d(self):
        yield from {"h": self.of_d_simple, "r": self.of_d_reset}.get(self.gate.name, self.of_d_gate)()

    def of_d_simple(self):
        yield from self.halves("dh", 1.0)

    def of_d_reset(self):
        if self.after:
            yield "what r weighs is left out", self.da_of[2][UNIT]
            return
        yield "the product is not transposed", (self.U_of[2][UNIT] @ self.da_of[2]) * self.h[UNIT]
        yield "h(t-1) is left out", self.U_of[2][:, UNIT] @ self.da_of[2]

    def of_d_gate(self):
        name, g, h = self.gate.name, self.gates, self.h[UNIT]
        of, factor = {
            "i": ("dC", g.get("g")), "f": ("dC", self.now.C_before), "g": ("dC", g.get("i")),
            "o": ("dh", self.now.tanh_C), "z": ("dh", g.get("n", 0) - h), "n": ("dh", g.get("z")),
        }[name]  # fmt: skip
        total = getattr(self, of).sum()
        yield from self.halves(of, factor)
        yield f"{name} was taken for what it is multiplied with", total * self.value
        yield "what the gate is multiplied with is left out", total
        if name == "o":
            yield "dC was taken for dh", self.dC.sum() * factor
            yield "C was taken for tanh(C)", total * self.now.C
        elif name in "ifg":
            yield "dh was taken for dC", self.dh.sum() * factor
        if name == "f":
            yield "C of this step was taken for C(t-1)", total * self.now.C
        if name == "z":
            yield "n and h(t-1) are exchanged", total * (h - g["n"])
            yield "h(t-1) is left out", total * g["n"]
        if name == "n":
            yield "1−z was taken for z", total * (1 - g["z"])

    def of_da(self):
        yield "the slope is left out", self.d
        yield from ((slip, self.d * value) for slip, value in self.of_slope())
        yield from ((slip, value * self.slope) for slip, value in self.of_d())

    def of_dC_own(self):
        o, flat, dh, seen = self.gates["o"], 1 - self.now.tanh_C**2, self.dh.sum(), self.seen("o")
        yield "the output gate is not applied", dh * flat + seen
        yield "the slope of tanh is left out", dh * o + seen
        yield "the square is left out", dh * o * (1 - self.now.tanh_C) + seen
        if seen:
            yield "the peephole of o is left out", dh * o * flat
        yield from self.halves("dh", o * flat, seen)

    def of_dC_before(self):
        seen = self.seen("i", "f")
        yield "the forget gate is not applied", self.dC.sum() + seen
        yield "the input gate was taken for the forget gate", self.dC.sum() * self.gates["i"] + seen
        if seen:
            yield "the peepholes are left out", self.dC.sum() * self.gates["f"]
        yield from self.halves("dC", self.gates["f"], seen)

    def ways(self, U) -> list[float]:
        """What goes back to h(t-1) through each gate, by its weights."""
        found = [each @ da for each, da in zip(U, self.da_of, strict=True)]
        if "n" in self.gates:
            found[2] = U[2] @ (self.da_of[2] * self.r) if self.after else found[2] * self.r[UNIT]
        return found

    def of_dh_before(self):
        ways = self.ways([U[:, UNIT] for U in self.U_of])
        past = self.dh.sum() * (1 - self.gates["z"]) if "z" in self.gates else 0.0
        yield "the product is not transposed", sum(self.ways([U[UNIT] for U in self.U_of])) + past
        alone = np.eye(len(self.walks))[UNIT]
        yield "only the unit itself is counted", sum(self.ways([U[:, UNIT] * alone for U in self.U_of])) + past
        if past:
            yield "what passes by the gates is left out", sum(ways)
            yield "the reset gate is not applied", sum(ways[:2]) + self.U_of[2][:, UNIT] @ self.da_of[2] + past
        if len(ways) > 1:
            for name, way in zip(self.gates, ways, strict=True):
                yield f"the way through {name} is left out", sum(ways) - way + past


@pytest.mark.parametrize("spelled", CELLS)
@pytest.mark.parametrize("part", ["d", "slope", "da"])
def test_slips_in_the_gradients_of_every_gate_are_recognised(spelled, part):
    for k in range(len(asked(spelled).now.gates)):
        check(spelled, f"now.gates[{k}].back.{part}", [*getattr(BackByHand(spelled, k), f"of_{part}")()])


@pytest.mark.parametrize("spelled", CELLS)
@pytest.mark.parametrize("part", ["dh_before", "dC_own", "dC_before"])
def test_slips_in_what_goes_back_to_the_states_are_recognised(spelled, part):
    if part == "dh_before" or asked(spelled).cell == "lstm":
        check(spelled, f"now.{part}", [*getattr(BackByHand(spelled), f"of_{part}")()])


@pytest.mark.parametrize("spelled", CELLS)
def test_what_is_worked_out_by_hand_is_what_the_lab_shows(spelled):
    hand = BackByHand(spelled)
    past = hand.dh.sum() * (1 - hand.gates["z"]) if "z" in hand.gates else 0.0
    assert sum(hand.ways([U[:, UNIT] for U in hand.U_of])) + past == pytest.approx(hand.now.dh_before, abs=1e-12)
    if "f" in hand.gates:
        dC = hand.dC.sum() * hand.gates["f"] + hand.seen("i", "f")
        assert dC == pytest.approx(hand.now.dC_before, abs=1e-12)


def test_what_is_left_out_on_the_way_back_is_told():
    spelled = "cell t=3 unit=1"
    walk = asked(spelled).now
    assert names(said_to(spelled, "now.gates[3].back.da", walk.gates[3].back.d), "the slope is left out")
    whole = walk.dC_own + walk.dC_carried
    assert names(said_to(spelled, "now.dC_before", whole), "the forget gate is not applied")
    turned = sum(np.dot(gate.U, gate.back.da_all) for gate in walk.gates)
    assert names(said_to(spelled, "now.dh_before", turned), "the product is not transposed")

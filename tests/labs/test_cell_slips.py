"""Each slip in a cell is known by the number that it gives, worked out here from what all units of the layer show."""

import numpy as np
import pytest

from tests.labs.typed import ROUNDED, asked, names, said_to
from tuilab.course.paths import value_at

UNIT = 1
CELLS = [
    "cell cell=rnn t=3", "cell t=3", "cell peephole=full t=3", "cell peephole=diagonal t=3",
    "cell cell=gru reset=before t=3", "cell cell=gru reset=after t=3",
]  # fmt: skip


class CellByHand:
    """A gate of a unit, by numpy from what all units of its layer show, with something done otherwise."""

    def __init__(self, spelled: str, k: int = 0) -> None:
        first = asked(spelled)
        self.walks = [asked(f"{spelled} unit={unit}").now for unit in range(first.hidden)]
        self.now, earlier = self.walks[UNIT], asked(f"{spelled.replace('t=3', 't=2')} unit={UNIT}").now
        self.gates = {gate.name: gate.value for gate in self.now.gates}
        gates = [walk.gates[k] for walk in self.walks]
        self.gate, self.squashed = gates[UNIT], gates[UNIT].name not in "gnh"
        self.U, self.W, self.x = np.array([gate.U for gate in gates]), np.array(self.gate.W), np.array(self.now.x)
        self.h, self.h_now = np.array(self.now.h_before), np.array([walk.h for walk in self.walks])
        self.h_earlier, self.C_earlier = np.array(earlier.h_before), earlier.C_before
        self.C, self.C_before = (np.array([getattr(walk, name) for walk in self.walks]) for name in ("C", "C_before"))
        self.P, self.full = np.array([gate.P for gate in gates]), first.peephole == "full"
        self.r = np.array([walk.gates[0].value for walk in self.walks]) if "cell=gru" in spelled else 1.0
        self.after = "reset=after" in spelled
        self.c = self.now.m - self.U[UNIT] @ self.h if self.after else 0.0

    def heard(self, U=None, h=None, r=None) -> float:
        """What the unit hears, of a candidate through the reset gate."""
        U, h = self.U[UNIT] if U is None else U, self.h if h is None else h
        r = self.r if r is None else r
        if self.gate.name != "n":
            return U @ h
        return (r[UNIT] * (U @ h + self.c)) if self.after else U @ (r * h)

    def seen(self, P=None, C=None) -> float:
        """What the unit sees of the cell state."""
        right = self.C if self.gate.name == "o" else self.C_before
        P, C = self.P[UNIT] if P is None else P, right if C is None else C
        return P @ C if self.full else P[0] * C[UNIT]

    def sum(self, **otherwise: float) -> float:
        return sum({"fed": self.W @ self.x, "heard": self.heard(), "seen": self.gate.PC or 0.0, "b": self.gate.b,
                    **otherwise}.values())  # fmt: skip

    def f(self, total: float) -> float:
        return sigmoid(total) if self.squashed else np.tanh(total)

    @property
    def index(self) -> str:
        return "" if self.gate.name == "h" else f"_{self.gate.name}"

    @property
    def wrong_C(self) -> np.ndarray:
        return self.C_before if self.gate.name == "o" else self.C

    def of_fed(self):
        yield from ((ROUNDED, self.W.round(digits) @ self.x.round(digits)) for digits in (1, 2))

    def of_heard(self):
        yield f"a column of U{self.index} was taken for its row", self.heard(U=self.U[:, UNIT])
        yield "h of this step was taken for h(t-1)", self.heard(h=self.h_now)
        yield "h(t-2) was taken for h(t-1)", self.heard(h=self.h_earlier)
        if self.gate.name == "n":
            yield "the reset gate is not applied", self.heard(r=np.ones_like(self.h))
        yield from ((ROUNDED, self.heard(U=self.U[UNIT].round(digits), h=self.h.round(digits))) for digits in (1, 2))

    def of_seen(self):
        if self.gate.PC is None:
            return
        if self.full:
            yield f"a column of P{self.index} was taken for its row", self.seen(P=self.P[:, UNIT])
        taken = ("C(t-1)", "C of this step") if self.gate.name == "o" else ("C of this step", "C(t-1)")
        yield f"{taken[0]} was taken for {taken[1]}", self.seen(C=self.wrong_C)
        right = self.C if self.gate.name == "o" else self.C_before
        yield from ((ROUNDED, self.seen(P=self.P[UNIT].round(digits), C=right.round(digits))) for digits in (1, 2))

    def of_sum(self):
        yield "the bias is left out", self.sum(b=0)
        yield "what the layer said before is left out", self.sum(heard=0)
        yield "the input is left out", self.sum(fed=0)
        if self.gate.PC is not None:
            yield "the peephole is left out", self.sum(seen=0)
        for part in ("fed", "heard", "seen"):
            yield from ((slip, self.sum(**{part: value})) for slip, value in getattr(self, f"of_{part}")())
        parts = np.array([self.gate.Wx, self.gate.Uh, self.gate.PC or 0.0, self.gate.b])
        yield from ((ROUNDED, parts.round(digits).sum()) for digits in (1, 2))

    def of_value(self):
        yield "the activation is left out", self.sum()
        wrong, other = ("tanh", np.tanh) if self.squashed else ("σ", sigmoid)
        yield f"{wrong} was taken", other(self.sum())
        yield from ((slip, self.f(value)) for slip, value in self.of_sum())
        yield from ((ROUNDED, self.f(self.sum().round(digits))) for digits in (1, 2))


def sigmoid(total: float) -> float:
    return 1 / (1 + np.exp(-total))


def check(spelled: str, path: str, found: list[tuple[str, float]]) -> None:
    """Each slip is named, or another that gives the same number: what rounds to nought is as good as left out.

    A few give nearly the right number, and are none.
    """
    right = value_at(asked(f"{spelled} unit={UNIT}"), path)
    for slip, value in [each for each in found if abs(each[1] - right) > 0.00004]:
        said = said_to(f"{spelled} unit={UNIT}", path, value)
        assert any(names(said, other) for other, same in found if abs(same - value) < 0.00001), (path, slip, said)


@pytest.mark.parametrize("spelled", CELLS)
@pytest.mark.parametrize("part", ["Wx", "Uh", "PC", "sum", "value"])
def test_slips_in_every_gate_of_a_cell_are_recognised(spelled, part):
    slips_of = {"Wx": "of_fed", "Uh": "of_heard", "PC": "of_seen", "sum": "of_sum", "value": "of_value"}[part]
    for k in range(len(asked(spelled).now.gates)):
        check(spelled, f"now.gates[{k}].{part}", [*getattr(CellByHand(spelled, k), slips_of)()])


def test_slips_in_what_a_simple_cell_says_are_recognised():
    check(CELLS[0], "now.h", [*CellByHand(CELLS[0]).of_value()])


def of_lstm(hand):
    """The slips in C, tanh C and h of an LSTM, by the numbers of its unit."""
    i, f, g, o = hand.gates.values()
    C, before, tanh_C, C_earlier, h = (
        hand.now.C, hand.now.C_before, hand.now.tanh_C, hand.C_earlier, hand.h[UNIT],
    )  # fmt: skip
    yield "C", "the forget gate is not applied", before + i * g
    yield "C", "the input gate is not applied", f * before + g
    yield "C", "neither gate is applied", before + g
    yield "C", "f and i are exchanged", i * before + f * g
    yield "C", "only what was kept is counted", f * before
    yield "C", "only what is let in is counted", i * g
    yield "C", "h(t-1) was taken for C(t-1)", f * h + i * g
    yield "C", "C(t-2) was taken for C(t-1)", f * C_earlier + i * g
    yield "tanh_C", "tanh is left out", C
    yield "tanh_C", "σ was taken", sigmoid(C)
    yield "tanh_C", "C of the step before was taken", np.tanh(before)
    yield "h", "the output gate is not applied", tanh_C
    yield "h", "tanh is left out", o * C
    yield "h", "C of the step before was taken", o * np.tanh(before)
    for digits in (1, 2):
        forget, old, let, candidate, out, new = np.array([f, before, i, g, o, C]).round(digits)
        yield "C", ROUNDED, forget * old + let * candidate
        yield "tanh_C", ROUNDED, np.tanh(new)
        yield "h", ROUNDED, out * np.tanh(new)


def of_gru(hand):
    """The slips in h of a GRU."""
    _, z, n = hand.gates.values()
    h, h_earlier = hand.h[UNIT], hand.h_earlier[UNIT]
    yield "h", "z and 1−z are exchanged", z * h + (1 - z) * n
    yield "h", "the update gate is not applied", h + n
    yield "h", "only the candidate is counted", z * n
    yield "h", "only what stays is counted", (1 - z) * h
    yield "h", "h(t-2) was taken for h(t-1)", (1 - z) * h_earlier + z * n
    for digits in (1, 2):
        Z, H, N = np.array([z, h, n]).round(digits)
        yield "h", ROUNDED, (1 - Z) * H + Z * N


@pytest.mark.parametrize("spelled", CELLS[1:])
def test_slips_in_the_states_of_a_cell_are_recognised(spelled):
    found = [*(of_gru if "cell=gru" in spelled else of_lstm)(CellByHand(spelled))]
    for part in ("C", "tanh_C", "h"):
        check(spelled, f"now.{part}", [case[1:] for case in found if case[0] == part])


@pytest.mark.parametrize(
    ("spelled", "path"),
    [("cell t=3 set=f[3,0]:0", "now.gates[1].value"), ("cell cell=rnn t=3 set=h[3,0]:0.5", "now.h")],
)
def test_a_gate_that_is_held_does_not_come_of_its_sum(spelled, path):
    total = asked(spelled).now.gates[1 if "f[" in spelled else 0].sum
    assert "is not within" in said_to(spelled, path, total)

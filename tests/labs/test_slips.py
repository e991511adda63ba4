"""Slips are known by the numbers that they give, and no right answer is called one."""

import numpy as np
import pytest

from tests.labs.typed import ROUNDED, asked, names, question, said_to
from tuilab.course.paths import value_at
from tuilab.course.quiz import judge, judge_prediction, slip_of
from tuilab.labs import spelling
from tuilab.labs.slips import Slip, beside, find_slip, half_of_last_digit, slips

LAYER = "unroll seed=3 neurons=3 inputs=3 batch=3 steps=3"


class LayerByHand:
    """The number at [1][0] of a layer's third time step, by numpy, with something done otherwise."""

    def __init__(self) -> None:
        trace = asked(LAYER)
        step = trace.steps[2]
        self.X, self.before, self.now = (np.array(each) for each in (step.X, step.Y_before, step.Y))
        self.earlier, self.Wx, self.Wy = np.array(trace.steps[0].Y), np.array(trace.Wx), np.array(trace.Wy)
        self.b, self.fed, self.heard = trace.b[0][0], self.X[1] @ self.Wx[:, 0], self.before[1] @ self.Wy[:, 0]

    def sum(self, **otherwise: float) -> float:
        return sum({"fed": self.fed, "heard": self.heard, "b": self.b, **otherwise}.values())


@pytest.fixture(scope="module")
def by_hand():
    return LayerByHand()


FED = [
    ("row 0 of Wx was taken for its column", lambda L: L.X[1] @ L.Wx[0]),
    (ROUNDED, lambda L: L.X[1].round(1) @ L.Wx[:, 0].round(1)),
    (ROUNDED, lambda L: L.X[1].round(2) @ L.Wx[:, 0].round(2)),
]
HEARD = [
    ("row 0 of Wy was taken for its column", lambda L: L.before[1] @ L.Wy[0]),
    ("Y of this step was taken, not of the one before", lambda L: L.now[1] @ L.Wy[:, 0]),
    ("Y(t-2) was taken for Y(t-1)", lambda L: L.earlier[1] @ L.Wy[:, 0]),
    ("the neuron hears itself alone", lambda L: L.before[1, 0] * L.Wy[0, 0]),
    (ROUNDED, lambda L: L.before[1].round(1) @ L.Wy[:, 0].round(1)),
    (ROUNDED, lambda L: L.before[1].round(2) @ L.Wy[:, 0].round(2)),
]
SUM = [
    ("the bias is left out", lambda L: L.sum(b=0)),
    ("the bias is taken off", lambda L: L.sum(b=-L.b)),
    ("what the layer said before is left out", lambda L: L.sum(heard=0)),
    ("the input is left out", lambda L: L.sum(fed=0)),
    *((name, lambda L, of=of: L.sum(fed=of(L))) for name, of in FED),
    *((name, lambda L, of=of: L.sum(heard=of(L))) for name, of in HEARD),
    (ROUNDED, lambda L: L.fed.round(1) + L.heard.round(1) + round(L.b, 1)),
    (ROUNDED, lambda L: L.fed.round(2) + L.heard.round(2) + round(L.b, 2)),
]
OUTPUT = [
    ("the activation is left out", lambda L: L.sum()),
    *((name, lambda L, of=of: np.tanh(of(L))) for name, of in SUM),
    (ROUNDED, lambda L: np.tanh(L.sum().round(1))),
]


@pytest.mark.parametrize(
    ("part", "slip", "compute"),
    [
        *(("XWx", *case) for case in FED),
        *(("YWy", *case) for case in HEARD),
        *(("sum", *case) for case in SUM),
        *(("Y", *case) for case in OUTPUT),
    ],
)
def test_slips_in_a_layer_are_recognised(by_hand, part, slip, compute):
    assert names(said_to(LAYER, f"steps[2].{part}[1][0]", compute(by_hand)), slip)


@pytest.mark.parametrize("part", ["XWx", "YWy", "sum", "Y"])
def test_row_and_column_exchanged_in_a_layer_are_recognised(part):
    other = getattr(asked(LAYER).steps[2], part)[0][1]
    assert names(said_to(LAYER, f"steps[2].{part}[1][0]", other), "row and column are exchanged")


@pytest.mark.parametrize("path", ["steps[-1].Y[1][0]", "steps[2].Y[1][0]"])
def test_a_place_counted_from_the_end_is_the_same(by_hand, path):
    assert names(said_to(LAYER, path, np.tanh(by_hand.sum(b=0))), "the bias is left out")


NEURON = "neuron w_x=0.8 w_y=0.5 b=0.3 activation=tanh sequence=0.31,0.52,-0.44,0.9"


def recurrence(w_x=0.8, w_y=0.5, b=0.3, f=np.tanh, digits=12):
    y = 0.0
    for x in (0.31, 0.52, -0.44):
        y = round(float(f(w_x * x + w_y * y + b)), digits)
    return y


ONE = float(np.tanh(0.8 * 0.31 + 0.3))  # y(0)
TWO = float(np.tanh(0.8 * 0.52 + 0.5 * ONE + 0.3))  # y(1)
FED_TO_ONE = [("w_x is left out", -0.44), ("w_y was taken for w_x", 0.5 * -0.44)]
KEPT_BY_ONE = [
    ("the input of the step before was taken for its output", 0.5 * 0.52),
    ("w_y is left out", TWO),
    ("w_x was taken for w_y", 0.8 * TWO),
    ("y(t-2) was taken for y(t-1)", 0.5 * ONE),
]
SUM_OF_ONE = [
    ("the bias is left out", 0.8 * -0.44 + 0.5 * TWO),
    ("what the neuron said before is left out", 0.8 * -0.44 + 0.3),
    *((slip, value + 0.5 * TWO + 0.3) for slip, value in FED_TO_ONE),
    *((slip, 0.8 * -0.44 + value + 0.3) for slip, value in KEPT_BY_ONE),
]


@pytest.mark.parametrize(
    ("part", "slip", "value"),
    [
        *(("input_part", *case) for case in FED_TO_ONE),
        *(("memory_part", *case) for case in KEPT_BY_ONE),
        *(("sum", *case) for case in SUM_OF_ONE),
        *(("y", slip, np.tanh(value)) for slip, value in SUM_OF_ONE),
        ("y", "the activation is left out", 0.8 * -0.44 + 0.5 * TWO + 0.3),
        ("y", "the bias is left out at every step", recurrence(b=0.0)),
        ("y", ROUNDED, recurrence(digits=1)),
        ("y", ROUNDED, recurrence(digits=2)),
        ("sum", "the bias is left out at every step", np.arctanh(recurrence(b=0.0))),
        ("sum", ROUNDED, 0.8 * -0.44 + 0.5 * round(float(np.tanh(0.8 * 0.52 + 0.5 * round(ONE, 1) + 0.3)), 1) + 0.3),
    ],
)
def test_slips_with_one_neuron_are_recognised(part, slip, value):
    assert names(said_to(NEURON, f"rows[2].{part}", value), slip)


def test_an_error_with_the_wrong_sign_is_recognised():
    error = asked(NEURON).rows[1].error
    assert "taken from the target" in said_to(NEURON, "rows[1].error", -error)


def test_at_the_first_step_there_is_no_state_further_back():
    first = (("cell t=0", ("now", "C")), ("cell cell=gru t=0", ("now", "h")), ("unroll", ("steps", 0, "sum", 0, 0)))
    for spelled, path in first:
        assert not [slip.name for slip in slips(spelling.parse(spelled), asked(spelled), path) if "t-2" in slip.name]


def everything(spelled: str, places: list[str]):
    answer = asked(spelled)
    return [(spelled, path, answer) for path in places]


OF_DRAW = ("probability", "score", "off", "logit", "sigma", "error", "loss")
UPDATE = [
    *(f"{draws}[{row}].{n}" for draws in ("draws", "other") for row in (0, 2) for n in OF_DRAW),
    *(f"{n}[{c}]" for n in ("h", "dh") for c in (0, 3)),
    *(f"{n}[{row}][1]" for n in ("dv", "v_after") for row in (0, -1)),
    *(f"{n}[{row}][1]" for n in ("du", "u_after") for row in (0, 1)),
]
PLACES = [
    *everything("unroll seed=3 steps=2", [
        f"steps[{t}].{name}[{r}][{c}]"
        for t in range(2) for name in ("XWx", "YWy", "sum", "Y") for r in range(3) for c in range(3)
    ]),
    *everything(NEURON, [
        f"rows[{t}].{name}" for t in range(3) for name in ("input_part", "memory_part", "sum", "y", "error")
    ]),
    *everything("cell t=3", [
        "now.C", "now.tanh_C", "now.h",
        *(f"now.gates[{k}].{n}" for k in range(4) for n in ("Wx", "Uh", "sum", "value")),
    ]),
    *everything("cell peephole=full t=3", [f"now.gates[{k}].{n}" for k in (0, 3) for n in ("PC", "sum", "value")]),
    *everything("cell t=3 set=f[3,0]:0", ["now.C", "now.h", "now.gates[1].value"]),
    *everything("cell cell=gru t=3", ["now.h", *(f"now.gates[{k}].{n}" for k in (0, 2) for n in ("Uh", "value"))]),
    *everything("cell cell=rnn t=3", ["now.h"]),
    *everything("skipgram", UPDATE), *everything("skipgram loss=nce", UPDATE),
    *everything("skipgram model=cbow", UPDATE), *everything("skipgram noise=bone,book,book", UPDATE),
]  # fmt: skip


@pytest.mark.parametrize(("spelled", "path", "answer"), PLACES, ids=lambda each: each if isinstance(each, str) else "")
def test_no_right_answer_is_called_a_slip(spelled, path, answer):
    right = value_at(answer, path)
    for decimals in (2, 3, 4, 6):
        typed, quiz = f"{right:.{decimals}f}", question(spelled, path, 0.5 * 10**-decimals)
        assert judge(quiz, typed, {spelled: answer}).right
        assert judge_prediction(quiz, typed, {spelled: answer}).right
    assert slip_of(question(spelled, path, 1e-6), repr(right), answer) is None


def test_what_is_wrong_without_a_known_cause_is_called_nothing():
    assert said_to("unroll", "steps[1].sum[0][1]", 17.25).startswith("17.25000 is not within")
    assert said_to("forecast cell=gru hidden=10", "parameters", 17).startswith("17.00000 is not within")


def test_a_lab_that_knows_none_and_places_that_are_no_numbers_have_no_slips():
    for spelled, place in (("window", ("count",)), ("unroll", ("Wx", 0, 0)), ("neuron", ("w_x",)), ("cell", ("t",))):
        assert list(slips(spelling.parse(spelled), asked(spelled), place)) == []


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("0.25", 0.005), ("3", 0), ("-1,5", 0.05), ("2.5e-3", 0.00005), ("2.5e−3", 0.00005), ("25e-1", 0.05),
        ("3.0e1", 0), ("2.55E1", 0.05), ("0.0e999", 0), ("0.0e-999", 0), ("0.0e" + 5000 * "9", 0),
        ("0.0e-" + 5000 * "9", 0),
    ],
)  # fmt: skip
def test_what_is_typed_stands_for_all_that_rounds_to_it(typed, near):
    assert half_of_last_digit(typed) == pytest.approx(near)


@pytest.mark.parametrize("typed", ["0.0e999", "0.0e-999"])
def test_a_nought_with_an_exponent_out_of_reach_is_wrong_like_another(typed):
    assert judge(question(*FIRST_SUM), typed, {"unroll": asked("unroll")}).sentence.startswith(f"{typed} is not within")
    assert beside(iter(()), "sum", typed, 0.3555) == f"You said {typed}, sum is 0.3555."


FIRST_SUM = "unroll", "steps[0].sum[0][1]"  # 0.3555, and 0.2718 without the bias


@pytest.mark.parametrize("typed", ["0.3", "0,4", ".3", "3e-1", "0", "1"])
def test_a_number_too_coarse_to_tell_is_called_nothing(typed):
    assert "is not within" in judge(question(*FIRST_SUM), typed, {"unroll": asked("unroll")}).sentence


@pytest.mark.parametrize("typed", ["0.27", "0,272", "2.7e-1"])
def test_a_number_fine_enough_to_tell_names_its_slip(typed):
    assert "the bias is left out" in judge(question(*FIRST_SUM), typed, {"unroll": asked("unroll")}).sentence


@pytest.mark.parametrize(
    ("value", "right", "tolerance", "named"),
    [
        (0.503, 0.0, 0.0, True), (0.506, 0.0, 0.0, False),  # typed is 0.50: the one rounds to it, the other does not
        (0.496, 0.0, 0.49, True), (0.496, 0.0, 0.498, False),  # the other would pass for right
        (0.501, 0.47, 0.0, True), (0.501, 0.472, 0.0, False),  # three units of its last digit are 0.03
        (0.5, 0.471, 0.0, True), (0.5, 0.491, 0.0, False),  # the very number need be but one away
    ],
)  # fmt: skip
def test_where_a_slip_begins_and_ends(value, right, tolerance, named):
    slip = Slip("it was left out", value, "Put it in.")
    assert find_slip(iter([slip]), "0.50", 0.5, right, tolerance) == (slip if named else None)


def test_of_two_slips_the_first_that_fits_is_named():
    near, far = Slip("near", 0.48, ""), Slip("far", 0.5, "")
    assert find_slip(iter([near, far]), "0.5", 0.5, 0.19, 0.0) == far  # 0.48 is too near to the right one
    assert find_slip(iter([near, far]), "0.5", 0.5, 0.1, 0.0) == near


@pytest.mark.parametrize(
    ("right", "shown"), [(0.35551, "0.3555"), (-2.0, "−2.0000"), (0.0, "0.0000"), (-0.0000312, "−3.12e−05")]
)
def test_the_right_number_stands_beside_what_was_typed(right, shown):
    assert beside(iter(()), "sum", "0.7", right) == f"You said 0.7, sum is {shown}."


def test_where_the_slips_fail_the_answer_has_its_verdict_all_the_same(monkeypatch, caplog):
    def fails(spec, answer, place):
        yield Slip("nothing was read", 1e9, "Read it.")
        raise AttributeError("no such part")

    monkeypatch.setattr("tuilab.labs.unroll.slips.slips", fails)
    said = said_to(LAYER, "steps[2].Y[1][0]", 77.0)
    assert said.startswith("77.00000 is not within") and "no such part" in caplog.text

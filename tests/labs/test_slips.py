"""Slips are known by the numbers that they give, and no right answer is called one."""

import numpy as np
import pytest

from tuilab.course.lesson import QuizBlock
from tuilab.course.quiz import judge, judge_prediction, slip_of
from tuilab.labs import catalogue, spelling
from tuilab.labs.slips import Slip, beside, find_slip, half_of_last_digit, slips


def asked(spelled: str):
    spec = spelling.parse(spelled)
    return catalogue.experiment_of(spec.kind).answer(spec)


def question(spelled: str, path: str, tolerance: float = 0.006) -> QuizBlock:
    return QuizBlock("q", "?", "number", (), spelled, path, tolerance, "", 1)


def said_to(spelled: str, path: str, value: float, tolerance: float = 0.0006) -> str:
    """What is said to who types a number with three decimals."""
    return judge(question(spelled, path, tolerance), f"{value:.3f}", {spelled: asked(spelled)}).sentence


LAYER = "unroll seed=3 neurons=3 inputs=3 batch=3 steps=3"


@pytest.fixture(scope="module")
def layer():
    """The arrays of a layer at its second time step, by numpy."""
    trace = asked(LAYER)
    step = trace.steps[1]
    X, before, Wx, Wy, b = (np.array(each) for each in (step.X, step.Y_before, trace.Wx, trace.Wy, trace.b))
    return X, before, Wx, Wy, b[0], np.array(step.Y)


@pytest.mark.parametrize(
    ("path", "slip", "compute"),
    [
        ("XWx[1][0]", "row 0 of Wx was taken for its column", lambda X, y, Wx, Wy, b, Y: X[1] @ Wx[0]),
        ("YWy[1][0]", "row 0 of Wy was taken for its column", lambda X, y, Wx, Wy, b, Y: y[1] @ Wy[0]),
        ("YWy[1][0]", "Y of this step was taken", lambda X, y, Wx, Wy, b, Y: Y[1] @ Wy[:, 0]),
        ("YWy[1][0]", "the neuron hears itself alone", lambda X, y, Wx, Wy, b, Y: y[1, 0] * Wy[0, 0]),
        ("sum[1][0]", "the bias is left out", lambda X, y, Wx, Wy, b, Y: X[1] @ Wx[:, 0] + y[1] @ Wy[:, 0]),
        ("sum[1][0]", "the bias is taken off", lambda X, y, Wx, Wy, b, Y: X[1] @ Wx[:, 0] + y[1] @ Wy[:, 0] - b[0]),
        ("sum[1][0]", "what the layer said before is left out", lambda X, y, Wx, Wy, b, Y: X[1] @ Wx[:, 0] + b[0]),
        ("sum[1][0]", "the input is left out", lambda X, y, Wx, Wy, b, Y: y[1] @ Wy[:, 0] + b[0]),
        ("sum[1][0]", "Y of this step", lambda X, y, Wx, Wy, b, Y: X[1] @ Wx[:, 0] + Y[1] @ Wy[:, 0] + b[0]),
        ("sum[1][0]", "row 0 of Wy", lambda X, y, Wx, Wy, b, Y: X[1] @ Wx[:, 0] + y[1] @ Wy[0] + b[0]),
        ("Y[1][0]", "the activation is left out", lambda X, y, Wx, Wy, b, Y: np.arctanh(Y[1, 0])),
        ("Y[1][0]", "the bias is left out", lambda X, y, Wx, Wy, b, Y: np.tanh(X[1] @ Wx[:, 0] + y[1] @ Wy[:, 0])),
        ("Y[1][0]", "row and column are exchanged", lambda X, y, Wx, Wy, b, Y: Y[0, 1]),
        ("Y[1][0]", "rounded too early", lambda X, y, Wx, Wy, b, Y: np.tanh(round(np.arctanh(Y[1, 0]), 1))),
    ],
)
def test_slips_in_a_layer_are_recognised(layer, path, slip, compute):
    assert slip in said_to(LAYER, f"steps[1].{path}", compute(*layer))


NEURON = "neuron w_x=0.8 w_y=0.5 b=0.3 activation=tanh sequence=0.31,0.52,-0.44,0.9"


def recurrence(w_x=0.8, w_y=0.5, b=0.3, f=np.tanh, digits=12):
    y = 0.0
    for x in (0.31, 0.52, -0.44):
        y = round(float(f(w_x * x + w_y * y + b)), digits)
    return y


TWO = float(np.tanh(0.8 * 0.52 + 0.5 * np.tanh(0.8 * 0.31 + 0.3) + 0.3))  # y(1)


@pytest.mark.parametrize(
    ("value", "slip"),
    [
        (recurrence(b=0.0), "the bias is left out at every step"),
        (np.tanh(0.8 * -0.44 + 0.5 * TWO), "the bias is left out."),
        (0.8 * -0.44 + 0.5 * TWO + 0.3, "the activation is left out"),
        (np.tanh(0.8 * -0.44 + 0.5 * 0.52 + 0.3), "the input of the step before was taken for its output"),
        (np.tanh(0.8 * -0.44 + TWO + 0.3), "w_y is left out"),
        (np.tanh(0.8 * -0.44 + 0.3), "what the neuron said before is left out"),
        (np.tanh(-0.44 + 0.5 * TWO + 0.3), "w_x is left out"),
        (recurrence(digits=1), "rounded too early"),
    ],
)
def test_slips_with_one_neuron_are_recognised(value, slip):
    assert f"comes out where {slip}" in said_to(NEURON, "rows[2].y", value) or slip in said_to(
        NEURON, "rows[2].y", value
    )


def test_an_error_with_the_wrong_sign_is_recognised():
    error = asked(NEURON).rows[1].error
    assert "taken from the target" in said_to(NEURON, "rows[1].error", -error)


def numbers(spelled: str) -> dict[str, float]:
    walk = asked(spelled).now
    return {**{gate.name: gate.value for gate in walk.gates}, "C": walk.C, "was": walk.C_before, "h": walk.h_before}


@pytest.mark.parametrize(
    ("cell", "path", "slip", "compute"),
    [
        ("lstm", "C", "the forget gate is not applied", lambda i, f, g, o, C, was, h: was + i * g),
        ("lstm", "C", "the input gate is not applied", lambda i, f, g, o, C, was, h: f * was + g),
        ("lstm", "C", "neither gate is applied", lambda i, f, g, o, C, was, h: was + g),
        ("lstm", "C", "f and i are exchanged", lambda i, f, g, o, C, was, h: i * was + f * g),
        ("lstm", "C", "only what was kept", lambda i, f, g, o, C, was, h: f * was),
        ("lstm", "C", "only what is let in", lambda i, f, g, o, C, was, h: i * g),
        ("lstm", "h", "the output gate is not applied", lambda i, f, g, o, C, was, h: np.tanh(C)),
        ("lstm", "h", "tanh is left out", lambda i, f, g, o, C, was, h: o * C),
        ("lstm", "h", "C of the step before", lambda i, f, g, o, C, was, h: o * np.tanh(was)),
        ("gru", "h", "z and 1−z are exchanged", lambda r, z, n, C, was, h: z * h[0] + (1 - z) * n),
        ("gru", "h", "the update gate is not applied", lambda r, z, n, C, was, h: h[0] + n),
        ("gru", "h", "only the candidate", lambda r, z, n, C, was, h: z * n),
        ("gru", "h", "only what stays", lambda r, z, n, C, was, h: (1 - z) * h[0]),
    ],
)
def test_slips_in_a_cell_are_recognised(cell, path, slip, compute):
    spelled = f"cell cell={cell} t=5"
    assert slip in said_to(spelled, f"now.{path}", float(compute(**numbers(spelled))))


def test_slips_in_a_gate_are_recognised():
    gate = asked("cell t=3").now.gates[1]
    assert "the activation is left out" in said_to("cell t=3", "now.gates[1].value", gate.sum)
    assert "tanh was taken" in said_to("cell t=3", "now.gates[1].value", float(np.tanh(gate.sum)))
    assert "the bias is left out" in said_to("cell t=3", "now.gates[1].sum", gate.sum - gate.b)
    assert "what the layer said before" in said_to("cell t=3", "now.gates[1].sum", gate.sum - gate.Uh)
    peep = asked("cell peephole=full t=3").now.gates[1]
    said = said_to("cell peephole=full t=3", "now.gates[1].sum", peep.sum - peep.PC)
    assert "the peephole is left out" in said


def everything(spelled: str, places: list[str]):
    answer = asked(spelled)
    return [(spelled, path, answer) for path in places]


PLACES = [
    *everything("unroll seed=3 steps=2", [
        f"steps[{t}].{name}[{r}][{c}]"
        for t in range(2) for name in ("XWx", "YWy", "sum", "Y") for r in range(3) for c in range(3)
    ]),
    *everything(NEURON, [f"rows[{t}].{name}" for t in range(3) for name in ("memory_part", "sum", "y", "error")]),
    *everything("cell t=3", ["now.C", "now.h", *(f"now.gates[{k}].{n}" for k in range(4) for n in ("sum", "value"))]),
    *everything("cell t=3 set=f[3,0]:0", ["now.C", "now.h", "now.gates[1].value"]),
    *everything("cell cell=gru t=3", ["now.h", "now.gates[0].value"]),
    *everything("cell cell=rnn t=3", ["now.h"]),
]  # fmt: skip


@pytest.mark.parametrize(("spelled", "path", "answer"), PLACES, ids=lambda each: each if isinstance(each, str) else "")
def test_no_right_answer_is_called_a_slip(spelled, path, answer):
    from tuilab.course.paths import value_at

    right = value_at(answer, path)
    for decimals in (2, 3, 4, 6):
        typed, quiz = f"{right:.{decimals}f}", question(spelled, path, 0.5 * 10**-decimals)
        assert judge(quiz, typed, {spelled: answer}).right
        assert judge_prediction(quiz, typed, {spelled: answer}).right
    assert slip_of(question(spelled, path, 1e-6), repr(right), answer) is None


def test_what_is_wrong_without_a_known_cause_is_called_nothing():
    assert said_to("unroll", "steps[1].sum[0][1]", 17.25).startswith("17.250 is not within")
    assert said_to("forecast cell=gru hidden=10", "parameters", 17).startswith("17.000 is not within")


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
        (0.5, 0.469, 0.0, True), (0.5, 0.471, 0.0, False),  # three units of its last digit are 0.03
    ],
)  # fmt: skip
def test_where_a_slip_begins_and_ends(value, right, tolerance, named):
    slip = Slip("it was left out", value, "Put it in.")
    assert find_slip(iter([slip]), "0.50", 0.5, right, tolerance) == (slip if named else None)


def test_of_two_slips_the_first_that_fits_is_named():
    near, far = Slip("near", 0.48, ""), Slip("far", 0.5, "")
    assert find_slip(iter([near, far]), "0.5", 0.5, 0.19, 0.0) == far  # 0.48 is too near to the right one
    assert find_slip(iter([near, far]), "0.5", 0.5, 0.1, 0.0) == near

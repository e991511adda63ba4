"""Slips with slopes are known by the numbers that they give, worked out here by hand."""

from math import exp, tanh

import pytest

from tests.labs.typed import ROUNDED, asked, names, question, said_to
from tuilab.course.quiz import judge
from tuilab.labs import spelling
from tuilab.labs.slips import slips

F = 1 / (1 + exp(-1.5))  # of the sigmoid
G = tanh(1.5)
SIGMOID, TANH = "activations x=1.5 layers=3", "activations function=tanh x=1.5 layers=3"
SLOPES = [1 - G**2, 1 - tanh(G) ** 2, 1 - tanh(tanh(G)) ** 2]  # of three layers of tanh
A, B, C = SLOPES


@pytest.mark.parametrize(
    ("spelled", "part", "slip", "value"),
    [
        (SIGMOID, "value", "the slope was taken for the function", F * (1 - F)),
        (SIGMOID, "slope", "the function was taken for its slope", F),
        (SIGMOID, "slope", "the slope of tanh was taken", 1 - G**2),
        (SIGMOID, "slope", "1 − f is left alone", 1 - F),
        (TANH, "slope", "the function was taken for its slope", G),
        (TANH, "slope", "the slope of the sigmoid was taken", F * (1 - F)),
        (TANH, "slope", "the square is left out", 1 - G),
        (TANH, "slope", "f·(1 − f) was taken", G * (1 - G)),
        ("activations function=relu x=-1", "slope", "the slope above 0 was taken", 1),
        ("activations function=leaky x=-2", "slope", "the function was taken for its slope", -0.02),
        ("activations function=leaky x=-2", "slope", "the slope above 0 was taken", 1),
        ("activations function=elu x=-1 alpha=2", "slope", "alpha is left out", exp(-1)),
        ("activations function=elu x=-1 alpha=2", "slope", "the function was taken for its slope", 2 * (exp(-1) - 1)),
        (TANH, "product", "the first slope was taken for all layers", A**3),
        (TANH, "product", "the slopes are added", A + B + C),
        (TANH, "product", "only the first layer is counted", A),
        (TANH, "product", "only the last layer is counted", C),
        (TANH, "product", "the largest slope was taken in each layer", 1),
        (TANH, "product", "the last layer is left out", A * B),
        (TANH, "product", "the first layer is left out", B * C),
        (TANH, "product", ROUNDED, round(A, 1) * round(B, 1) * round(C, 1)),
        (TANH, "product", ROUNDED, round(A, 2) * round(B, 2) * round(C, 2)),
        (SIGMOID, "at_most", "the slopes are added", 0.75),
        (SIGMOID, "at_most", "only one layer is counted", 0.25),
        (SIGMOID, "at_most", "one layer is left out", 0.0625),
        (SIGMOID, "at_most", "there is a layer too many", 0.25**4),
        (SIGMOID, "at_most", "the slope at x was taken", (F * (1 - F)) ** 3),
    ],
)
def test_slips_with_slopes_are_recognised(spelled, part, slip, value):
    assert names(said_to(spelled, f"curves[0].{part}", value), slip)


def test_a_product_taken_for_the_most_there_can_be_is_recognised():
    first = F * (1 - F)
    second = 1 / (1 + exp(-F))
    said = said_to("activations x=1.5 layers=2", "curves[0].at_most", first * second * (1 - second))
    assert names(said, "the product at x was taken")


@pytest.mark.parametrize(
    ("spelled", "part", "tolerance", "typed", "slip"),
    [
        ("activations x=0", "slope", 0.006, "0.5", "the function was taken for its slope"),
        ("activations x=0", "slope", 0.006, "1", "the slope of tanh was taken"),
        ("activations function=tanh x=1", "product", 0.011, "0.00017", "the first slope was taken for all layers"),
        ("activations x=0 layers=5", "at_most", 0.00001, "0.00391", "one layer is left out"),
    ],
)
def test_what_is_likely_to_be_typed_in_lesson_4_is_recognised(spelled, part, tolerance, typed, slip):
    asked_for = question(spelled, f"curves[0].{part}", tolerance)
    assert names(judge(asked_for, typed, {spelled: asked(spelled)}).sentence, slip)


@pytest.mark.parametrize("function", ["sigmoid", "tanh", "relu", "leaky", "elu"])
@pytest.mark.parametrize("x", [-1.5, 0, 0.7])
@pytest.mark.parametrize("layers", [1, 4])
def test_no_right_answer_is_called_a_slip(function, x, layers):
    spelled = f"activations function={function} x={x} layers={layers}"
    curve = asked(spelled).curves[0]
    for part in ("value", "slope", "product", "at_most"):
        right = getattr(curve, part)
        assert judge(question(spelled, f"curves[0].{part}", 1e-6), repr(right), {spelled: asked(spelled)}).right


def test_curves_as_a_whole_have_no_slips():
    assert list(slips(spelling.parse(SIGMOID), asked(SIGMOID), ("curves", 0, "values"))) == []

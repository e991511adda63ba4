"""The activations lab's answers, and what it says of them."""

import pytest

from tuilab.labs import catalogue
from tuilab.labs.activations.experiment import answer
from tuilab.labs.activations.plain import brief, told
from tuilab.labs.activations.plain import why as plain_why
from tuilab.labs.activations.sentences import product, where, why
from tuilab.labs.spelling import SpellingError, parse


def test_a_sigmoid_at_nought_has_a_quarter_and_ten_layers_have_a_millionth_at_most():
    (curve,) = answer(parse("activations x=0 layers=10")).curves
    assert (curve.value, curve.slope, curve.largest) == (0.5, 0.25, 0.25)
    assert curve.at_most == 0.25**10 < 1e-6
    assert curve.product <= curve.at_most and len(curve.layers) == 10
    assert where(curve) == "beyond ±5.99"


def test_curves_stand_side_by_side_on_the_same_places():
    view = answer(parse("activations function=relu beside=elu alpha=2 x=-1"))
    assert [curve.function for curve in view.curves] == ["relu", "elu"]
    assert view.xs[0] == -8 and view.xs[80] == 0 and view.xs[-1] == 8
    at = view.xs.index(-1.0)
    for curve in view.curves:
        assert curve.values[at] == pytest.approx(curve.value) and curve.slopes[at] == pytest.approx(curve.slope)
    assert len(answer(parse("activations function=elu beside=elu")).curves) == 1


def test_the_negative_slope_keeps_what_relu_loses():
    relu, leaky = answer(parse("activations function=relu beside=leaky negative=0.5 x=-2 layers=3")).curves
    assert relu.product == 0 and relu.saturated and where(relu) == "below 0"
    assert leaky.product == 0.125 and not leaky.saturated and where(leaky) == "nowhere"


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "leaky", "elu"])
@pytest.mark.parametrize("x", [-6, 0, 2])
def test_the_slope_is_written_out(name, x):
    spec = parse(f"activations function={name} x={x} alpha=0.5")
    (curve,) = answer(spec).curves
    said = why(spec, curve)
    assert f"= {curve.slope:.6g}".replace("e-0", "e-").replace("-", "−") in said
    assert ("; saturated" in said) == curve.saturated
    assert "…" in product(curve)
    assert said in plain_why(spec, answer(spec), "", None)
    assert told(answer(spec)).count(".") and brief(answer(spec))["curves"][0]["slope"] == curve.slope


@pytest.mark.parametrize(
    ("setting", "allowed"),
    [
        ("x=9", "x is a number from -8 to 8."),
        ("x=wide", "x is a number from -8 to 8."),
        ("layers=0", "layers is a whole number from 1 to 50."),
        ("function=swish", "function is one of sigmoid, tanh, relu, leaky, elu."),
        ("negative=-1", "negative is a number from 0 to 1."),
    ],
)
def test_bad_settings_are_refused(setting, allowed):
    with pytest.raises(SpellingError, match="is not allowed") as refused:
        parse(f"activations {setting}")
    assert str(refused.value).endswith(allowed)


def test_it_is_in_the_list_of_labs():
    assert catalogue.lab("activations").summary

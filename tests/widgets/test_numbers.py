"""Numbers in arithmetic that is written out."""

import pytest

from tuilab.widgets.numbers import bracketed, four, summed, three


@pytest.mark.parametrize(("value", "text"), [(-0.0, "0.0000"), (-0.00004, "0.0000"), (-0.25, "−0.2500")])
def test_four_decimals(value, text):
    assert four(value) == text


@pytest.mark.parametrize(("value", "text"), [(-0.0, "0"), (-4e-5, "−4.00e−5"), (-0.5, "−0.5"), (-20.0, "−20")])
def test_three_digits(value, text):
    assert three(value) == text


def test_what_is_written_as_zero_is_neither_subtracted_nor_bracketed():
    assert summed([-0.0, -0.00001, -0.5, 0.25]) == "0.0000 + 0.0000 − 0.5000 + 0.2500"
    assert bracketed(-0.00001) == "0.0000" and bracketed(-0.5) == "(−0.5000)"

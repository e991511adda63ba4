"""Slips in working out a slope, and a product of slopes."""

import math
from collections.abc import Iterator

from tuilab.labs.activations.spec import TITLES, Activations, ActivationsTrace, Curve
from tuilab.labs.slips import KEEP_DIGITS, TOO_EARLY, Place, Slip

_EACH = "Each layer multiplies the gradient by its slope."


def slips(spec: Activations, trace: ActivationsTrace, place: Place) -> Iterator[Slip]:
    """The slips for value, slope, product and at_most of `curves[k]`."""
    if len(place) != 3 or place[0] != "curves":
        return
    curve, name = trace.curves[int(place[1])], str(place[2])
    if name == "value":
        yield Slip("the slope was taken for the function", curve.slope, "f(x) is how high the curve is at x.")
    elif name == "slope":
        yield from _of_slope(spec, curve)
    elif name == "product":
        yield from _of_product(spec, curve)
    elif name == "at_most":
        yield from _of_most(spec, curve)


def _of_slope(spec: Activations, curve: Curve) -> Iterator[Slip]:
    f, x = curve.value, spec.x
    yield Slip("the function was taken for its slope", f, f"f(x) is {f:.4g}; f' says how steep the curve is there.")
    if curve.function == "sigmoid":
        yield Slip("the slope of tanh was taken", 1 - math.tanh(x) ** 2, "The sigmoid's slope is f·(1 − f).")
        yield Slip("1 − f is left alone", 1 - f, "The slope is f·(1 − f): f times it.")
    elif curve.function == "tanh":
        sigmoid = 0.5 * (1 + math.tanh(x / 2))
        yield Slip("the slope of the sigmoid was taken", sigmoid * (1 - sigmoid), "The slope of tanh is 1 − f².")
        yield Slip("the square is left out", 1 - f, "The slope of tanh is 1 − f².")
        yield Slip("f·(1 − f) was taken", f * (1 - f), "That is for the sigmoid; the slope of tanh is 1 − f².")
    elif x <= 0:
        yield Slip("the slope above 0 was taken", 1.0, f"At {x:g} {TITLES[curve.function]} is left of the bend.")
        if curve.function == "elu":
            yield Slip("alpha is left out", math.exp(x), "The slope of ELU below 0 is alpha·eˣ.")


def _of_product(spec: Activations, curve: Curve) -> Iterator[Slip]:
    slopes = [layer.slope for layer in curve.layers]
    later = f"Only the first layer gets {spec.x:g}: each of the others gets what the one before says."
    yield Slip("the first slope was taken for all layers", slopes[0] ** len(slopes), later)
    yield Slip("the slopes are added", sum(slopes), _EACH)
    yield Slip("only the first layer is counted", slopes[0], _EACH)
    yield Slip("only the last layer is counted", slopes[-1], _EACH)
    yield Slip("the largest slope was taken in each layer", curve.at_most, "Take the slope where each layer stands.")
    if len(slopes) > 1:
        yield Slip("the last layer is left out", curve.layers[-2].product, f"There are {len(slopes)} layers.")
        yield Slip("the first layer is left out", math.prod(slopes[1:]), f"There are {len(slopes)} layers.")
    for digits in (1, 2):
        yield Slip(TOO_EARLY, math.prod(round(slope, digits) for slope in slopes), KEEP_DIGITS)


def _of_most(spec: Activations, curve: Curve) -> Iterator[Slip]:
    largest, layers = curve.largest, spec.layers
    yield Slip("the slopes are added", layers * largest, _EACH)
    yield Slip("only one layer is counted", largest, f"There are {layers} layers.")
    yield Slip("one layer is left out", largest ** (layers - 1), f"There are {layers} layers.")
    yield Slip("there is a layer too many", largest ** (layers + 1), f"There are {layers} layers.")
    yield Slip("the slope at x was taken", curve.slope**layers, f"At most means the largest slope, {largest:g}.")
    yield Slip("the product at x was taken", curve.product, f"At most means the largest slope, {largest:g}.")

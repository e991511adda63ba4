"""The activations lab in plain mode."""

from typing import Any

from tuilab.labs.activations.code import code as _code
from tuilab.labs.activations.sentences import formula, product, where
from tuilab.labs.activations.sentences import why as _why
from tuilab.labs.activations.spec import TITLES, Activations, ActivationsTrace, Curve
from tuilab.widgets.numbers import three

EXAMPLES = {"lab": "curves", "set": "function=relu", "why": "sigmoid"}


def code(spec: Activations, view: ActivationsTrace) -> str:
    """The functions in plain torch."""
    return _code(spec)


def why(spec: Activations, view: ActivationsTrace, rest: str, show: Any) -> str:
    """Write the slope at the cursor and the product of slopes out. Raises ValueError."""
    names = spec.shown
    if rest and rest not in names:
        raise ValueError(f"activations: {rest} is not shown; write why, or why and one of {', '.join(names)}.")
    return "\n".join(
        line
        for curve in view.curves
        if rest in ("", curve.function)
        for line in (formula(spec, curve.function), _why(spec, curve), product(curve))
    )


def told(answer: object) -> str:
    """Value, slope and product of each function, a sentence each."""
    if not isinstance(answer, ActivationsTrace):
        return ""
    return " ".join(
        f"{TITLES[each.function]}: f(x) = {three(each.value)}, slope {three(each.slope)}; saturated {where(each)}; "
        f"product of slopes through {len(each.layers)} layers {three(each.product)}, at most {three(each.at_most)}."
        for each in answer.curves
    )


def brief(answer: object) -> object:
    """What is printed without being asked for: not the curves, which are many numbers."""
    if not isinstance(answer, ActivationsTrace):
        return answer
    left_out = {"values", "slopes", "layers", "saturated_below", "saturated_above"}
    names = [name for name in Curve.__struct_fields__ if name not in left_out]
    return {"curves": [{name: getattr(each, name) for name in names} for each in answer.curves]}


def compared(answer: ActivationsTrace) -> object:
    """What is told of a change of settings."""
    return brief(answer)

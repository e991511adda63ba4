"""What makes one of many choices right, and what choices are put in order by."""

import re
from typing import Any

RULES = "above 0.9, below 0.9, beyond 0.9 (above it or below its negative), within 0.9 (not beyond), changed and same"
ORDERS = ("smallest first", "largest first")
_BOUND = re.compile(r"(?P<word>above|below|beyond|within) (?P<bound>-?\d+(?:\.\d+)?)")


def is_rule(rule: str) -> bool:
    """Whether a rule for many choices can be read."""
    return rule in ("changed", "same") or _BOUND.fullmatch(rule) is not None


def bound_of(rule: str) -> float | None:
    """The number that a rule compares with; None where it compares with the quiz's own experiment."""
    found = _BOUND.fullmatch(rule)
    return float(found["bound"]) if found else None


def keeps(rule: str, value: float) -> bool:
    """Whether a number keeps a rule that has a bound."""
    found = _BOUND.fullmatch(rule)
    assert found is not None
    bound = float(found["bound"])
    return {
        "above": value > bound,
        "below": value < bound,
        "beyond": abs(value) > bound,
        "within": abs(value) <= bound,
    }[found["word"]]


def distance(rule: str, value: float) -> float:
    """How far a number is from the bound at which the rule turns, as a share of the larger of them."""
    found = _BOUND.fullmatch(rule)
    assert found is not None
    bound = float(found["bound"])
    return apart(abs(value) if found["word"] in ("beyond", "within") else value, bound)


def apart(one: float, other: float) -> float:
    """How far two numbers are from each other, as a share of the larger of them."""
    return abs(one - other) / max(abs(one), abs(other)) if one != other else 0.0


def in_order(rule: str, values: list[Any]) -> tuple[int, ...]:
    """The places of numbers, in the order that a rule names."""
    return tuple(sorted(range(len(values)), key=lambda i: values[i], reverse=rule == "largest first"))

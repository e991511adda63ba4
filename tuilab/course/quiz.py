"""Asks the lab what is right, and tells the learner so."""

import math
from dataclasses import dataclass
from typing import Any

from tuilab.course.lesson import QuizBlock
from tuilab.course.paths import PathError, value_at

# The lab computes in 32 bits and lessons are written in decimals: 0.1 is 0.10000000149 there
_PRECISION = 1e-6


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and a sentence for the learner."""

    right: bool
    sentence: str


def right_value(quiz: QuizBlock, answer: Any) -> Any:
    """Find the right value of a quiz in its experiment's answer. Raises PathError."""
    value = value_at(answer, quiz.answer)
    if quiz.kind == "number" and not _is_number(value):
        raise PathError(f"{quiz.answer} is not a number, so it cannot be asked for with a tolerance.")
    return value


def check_choice(quiz: QuizBlock, index: int, answer: Any) -> Verdict:
    """Judge the choice at `index` of a quiz by its experiment's answer."""
    choice = quiz.choices[index]
    value = right_value(quiz, answer)
    if is_same(choice.value, value):
        return _right(value, quiz.why or choice.why)
    return Verdict(False, choice.why or "Not this one; look again in the lab.")


def check_number(quiz: QuizBlock, text: str, answer: Any) -> Verdict:
    """Judge a number that was typed. Raises ValueError where it is not one, which is not an answer."""
    given = read_number(text)
    value = right_value(quiz, answer)
    if abs(given - value) <= quiz.tolerance + _PRECISION * max(1.0, abs(value)):
        return _right(value, quiz.why)
    near = f"not within {quiz.tolerance:g} of it" if quiz.tolerance else "not it"
    return Verdict(False, f"{text.strip()} is {near}. Work it out by hand, or set the lab to it and look.")


def read_number(text: str) -> float:
    """Read a number that was typed, with a point or a comma. Raises ValueError with a sentence."""
    plain = text.strip().replace("−", "-").replace(",", ".")
    try:
        value = math.nan if "_" in plain else float(plain)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        given = f"{text.strip()!r} is not a number" if text.strip() else "There is no number yet"
        raise ValueError(f"{given}; write one like 0.5 or -2.")
    return value


def is_same(left: Any, right: Any) -> bool:
    """Whether two values are the same: lists entry by entry, numbers to the lab's precision."""
    if _is_number(left) and _is_number(right):
        return math.isclose(left, right, rel_tol=_PRECISION, abs_tol=_PRECISION)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(is_same, left, right))
    return type(left) is type(right) and bool(left == right)


def spell_value(value: Any) -> str:
    """Write a value as a learner reads it: to seven digits, lists in brackets."""
    if isinstance(value, float):
        return f"{value + 0.0:.7g}"
    if isinstance(value, list | tuple):
        return f"({', '.join(map(spell_value, value))})"
    return str(value)


def _right(value: Any, why: str) -> Verdict:
    return Verdict(True, f"Right: it is {spell_value(value)}. {why}".strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

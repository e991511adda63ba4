"""Asks the lab what is right, and tells the learner so."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tuilab.course.lesson import Choice, Curve, PredictBlock, QuizBlock
from tuilab.course.paths import PathError, steps, value_at
from tuilab.course.rules import bound_of, in_order, keeps
from tuilab.labs.edits import read_number

if TYPE_CHECKING:
    from tuilab.labs.slips import Slip
    from tuilab.labs.spec import Spec

Given = str | int | tuple[int, ...]
"""What a learner answers: a number as typed, the place of a choice, or the places of several."""

# The lab computes in 32 bits and lessons are written in decimals: 0.1 is 0.10000000149 there
_PRECISION = 1e-6
_DECIMALS, _SMALL = 4, 0.01


KNOWN = {None: "", True: "You answered this rightly before.", False: "Your last answer was not right yet."}
"""What to say of a quiz whose latest answer was right, or not, or that has none."""


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and a sentence for the learner."""

    right: bool
    sentence: str


def needed(quiz: QuizBlock) -> tuple[str, ...]:
    """The spellings of all experiments that have to be asked to judge an answer."""
    spelled = [quiz.experiment, *(choice.experiment for choice in quiz.choices)]
    return tuple(dict.fromkeys(filter(None, spelled)))


def judge(quiz: QuizBlock, given: Given, answers: Mapping[str, Any]) -> Verdict:
    """Judge an answer by the answers to the experiments that are `needed`.

    Raises ValueError where a number was asked for and what was typed is none, or nothing was marked.
    """
    if given == ():
        raise ValueError("Nothing is marked yet: space marks what is right, then enter.")
    if isinstance(given, tuple):
        return (_check_many if quiz.kind == "many" else _check_order)(quiz, given, answers)
    answer = answers[quiz.experiment]
    if isinstance(given, int):
        return check_choice(quiz, given, answer)
    verdict = check_number(quiz, given, answer)
    slip = None if verdict.right else slip_of(quiz, given, answer)
    return Verdict(False, f"{given.strip()} is not it. {slip}") if slip else verdict


def judge_prediction(quiz: QuizBlock, given: Given, answers: Mapping[str, Any]) -> Verdict:
    """Put what was predicted beside what the lab shows; name the slip where it is a known one.

    Raises ValueError where a number was asked for and what was typed is none.
    """
    if isinstance(given, str):
        return _beside(quiz, given, answers[quiz.experiment])
    place = given if isinstance(given, int) else given[0]
    order = right_order(quiz, answers)
    values = spell_alike([own_value(quiz, quiz.choices[each], answers) for each in order])
    shown = "; ".join(f"{value} for {quiz.choices[each].text}" for value, each in zip(values, order, strict=True))
    said = f"You said {quiz.choices[place].text}. It is {shown}."
    own = quiz.choices[place].why if place != order[0] else ""
    return Verdict(place == order[0], " ".join(filter(None, (said, own, quiz.why))))


def _beside(quiz: QuizBlock, given: str, answer: Any) -> Verdict:
    verdict, value = check_number(quiz, given, answer), right_value(quiz, answer)
    said = f"You said {given.strip()}, the lab shows {spell_value(value)}."
    slip = None if verdict.right else slip_of(quiz, given, answer)
    return Verdict(verdict.right, " ".join(filter(None, (said, str(slip or ""), quiz.why))))


def state_after(block: PredictBlock) -> "tuple[Spec, Any] | None":
    """The spec and the state that the lab is put into once a prediction was made; None where it stays as it is."""
    from tuilab.labs.spelling import parse

    return (parse(block.question.experiment), block.then) if block.question.experiment else None


def slip_of(quiz: QuizBlock, given: str, answer: Any) -> "Slip | None":
    """The well-known slip that a wrong number shows; None where it shows none."""
    from tuilab.labs.slips import find_slip, slips
    from tuilab.labs.spelling import parse

    right = right_value(quiz, answer)
    found = slips(parse(quiz.experiment), answer, steps(quiz.answer))
    return find_slip(found, given, read_number(given), right, quiz.tolerance)


def written(quiz: QuizBlock, given: Given) -> str:
    """An answer as the record keeps it."""
    if isinstance(given, str):
        return given
    places = (given,) if isinstance(given, int) else given
    return "; ".join(quiz.choices[place].text for place in places)


def right_choices(quiz: QuizBlock, answers: Mapping[str, Any]) -> tuple[int, ...]:
    """The places of the choices that keep the rule of a quiz with many. Raises PathError."""
    values = [own_value(quiz, choice, answers) for choice in quiz.choices]
    if bound_of(quiz.rule) is not None:
        return tuple(place for place, value in enumerate(values) if keeps(quiz.rule, value))
    before = value_at(answers[quiz.experiment], quiz.answer)
    same = quiz.rule == "same"
    return tuple(place for place, value in enumerate(values) if is_same(value, before) == same)


def right_order(quiz: QuizBlock, answers: Mapping[str, Any]) -> tuple[int, ...]:
    """The places of the choices of a quiz, in the order that is asked for. Raises PathError."""
    return in_order(quiz.rule, [own_value(quiz, choice, answers) for choice in quiz.choices])


def own_value(quiz: QuizBlock, choice: Choice, answers: Mapping[str, Any]) -> Any:
    """What a choice's own path gives; a number where it is compared with numbers. Raises PathError."""
    value = value_at(answers[choice.experiment], choice.answer)
    if quiz.rule not in ("changed", "same") and not _is_number(value):
        raise PathError(f"{choice.answer} is not a number, so it cannot be compared.")
    return value


def right_value(quiz: QuizBlock, answer: Any) -> Any:
    """Find the right value of a quiz in its experiment's answer. Raises PathError."""
    value = value_at(answer, quiz.answer)
    if quiz.curve is not None:
        return crossing(quiz.answer, value, quiz.curve)
    if quiz.kind == "number" and not _is_number(value):
        raise PathError(f"{quiz.answer} is not a number, so it cannot be asked for with a tolerance.")
    return value


def crossing(path: str, values: Any, curve: Curve) -> int:
    """The first place at which a curve is on the other side of its level than where it begins. Raises PathError."""
    if not isinstance(values, list) or len(values) != curve.until + 1 or not all(map(_is_number, values)):
        raise PathError(f"{path} is no curve of numbers from 0 to {curve.until}.")
    above = [value >= curve.crosses for value in values]
    if all(above) or not any(above):
        raise PathError(f"{path} does not cross {curve.crosses:g}.")
    return above.index(not above[0])


def check_choice(quiz: QuizBlock, index: int, answer: Any) -> Verdict:
    """Judge the choice at `index` of a quiz by its experiment's answer."""
    choice = quiz.choices[index]
    value = right_value(quiz, answer)
    if is_same(choice.value, value):
        return Verdict(True, f"Right: {choice.text}. {quiz.why or choice.why}".strip())
    return Verdict(False, choice.why or "Not this one; look again in the lab.")


def check_number(quiz: QuizBlock, text: str, answer: Any) -> Verdict:
    """Judge a number that was typed. Raises ValueError where it is not one, which is not an answer."""
    given = read_number(text)
    value = right_value(quiz, answer)
    if abs(given - value) <= quiz.tolerance + _PRECISION * abs(value):
        return _right(value, quiz.why)
    near = f"not within {quiz.tolerance:g} of it" if quiz.tolerance else "not it"
    return Verdict(False, f"{text.strip()} is {near}. Work it out by hand, or set the lab to it and look.")


def _check_many(quiz: QuizBlock, given: tuple[int, ...], answers: Mapping[str, Any]) -> Verdict:
    right = right_choices(quiz, answers)
    if set(given) == set(right):
        return Verdict(True, f"Right: {_and(quiz, right)}. {quiz.why}".strip())
    wrong = [place for place in given if place not in right]
    if wrong:
        more = f" {len(wrong)} of those you took do not belong here." if len(wrong) > 1 else ""
        choice = quiz.choices[wrong[0]]
        return Verdict(False, f"{choice.text}: {choice.why or 'look again in the lab.'}{more}")
    missing = len(right) - len(given)
    return Verdict(False, f"What you took is right; {missing} {'is' if missing == 1 else 'are'} missing.")


def _check_order(quiz: QuizBlock, given: tuple[int, ...], answers: Mapping[str, Any]) -> Verdict:
    right = right_order(quiz, answers)
    if given == right:
        values = ", ".join(spell_alike([own_value(quiz, quiz.choices[place], answers) for place in right]))
        return Verdict(True, f"Right: {values}. {quiz.why}".strip())
    place = next(i for i, (one, other) in enumerate(zip(given, right, strict=True)) if one != other)
    choice = quiz.choices[given[place]]
    return Verdict(False, f"{choice.text} does not belong at place {place + 1}. {choice.why}")


def _and(quiz: QuizBlock, places: tuple[int, ...]) -> str:
    texts = [quiz.choices[place].text for place in places]
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def is_same(left: Any, right: Any) -> bool:
    """Whether two values are the same: lists entry by entry, numbers to the lab's precision; 0 is nothing but 0."""
    if _is_number(left) and _is_number(right):
        return math.isclose(left, right, rel_tol=_PRECISION)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(is_same, left, right))
    return type(left) is type(right) and bool(left == right)


def spell_value(value: Any) -> str:
    """Write a value as pages do: four decimals, three digits of what is small; thousands apart, lists in brackets."""
    if isinstance(value, list | tuple):
        return f"({', '.join(map(spell_value, value))})"
    if not _is_number(value):
        return str(value)
    sign, size = "−" if value < 0 else "", abs(value)
    if isinstance(value, int):
        return f"{sign}{size:,}"
    if 0 < size < _SMALL:
        return f"{sign}{size:.3g}"
    return sign + f"{size:,.{_DECIMALS}f}".rstrip("0").rstrip(".")


def spell_alike(values: Sequence[Any]) -> list[str]:
    """Write numbers that stand beside each other: those with decimals have as many of them, but for what is small."""
    spelled = [spell_value(value) for value in values]
    most = max((len(each.partition(".")[2]) for each in spelled), default=0)
    return [_padded(each, most) if "." in each and most <= _DECIMALS else each for each in spelled]


def _padded(spelled: str, decimals: int) -> str:
    whole, _, after = spelled.partition(".")
    return f"{whole}.{after:0<{decimals}}"


def _right(value: Any, why: str) -> Verdict:
    return Verdict(True, f"Right: it is {spell_value(value)}. {why}".strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

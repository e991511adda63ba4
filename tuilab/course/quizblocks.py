"""Reads quizzes and predictions. What kind one is, is told by what it has: choices, a tolerance, `right` or `order`."""

import math
from dataclasses import replace
from typing import Any

from tuilab.course.fences import Fence
from tuilab.course.formulas import plain_formulas
from tuilab.course.lesson import Choice, Curve, QuizBlock
from tuilab.course.rules import ORDERS, RULES, is_rule
from tuilab.course.toml import BlockError, Table, read_table

MOST_CHOICES, MOST_HINTS, MOST_PLACES = 8, 3, 1000
_QUIZ = {
    "id": str,
    "ask": str,
    "experiment": str,
    "answer": str,
    "tolerance": float,
    "right": str,
    "order": str,
    "choices": list,
    "hints": list,
    "why": str,
    "alone": bool,
}
_PREDICT = {
    "id": str,
    "ask": str,
    "experiment": str,
    "answer": str,
    "tolerance": float,
    "marks": dict,
    "wins": str,
    "choices": list,
    "then": dict,
    "hints": list,
    "why": str,
}
_MARKS = {"axis": str, "until": int, "crosses": float}
_WINS = {"largest": "largest first", "smallest": "smallest first"}
_CHOICE = {"text": str, "value": object, "why": str}
_OWN_CHOICE = {"text": str, "experiment": str, "answer": str, "why": str}


def read_quiz(fence: Fence) -> QuizBlock:
    """Read a quiz. Raises BlockError."""
    table = read_table(fence, _QUIZ)
    table.need("id", "ask")
    kind = _kind(table)
    table.need(*(("experiment", "answer") if kind in ("choose", "number") else ()))
    return _question(table, kind, _rule(table))


def read_prediction(fence: Fence) -> tuple[Table, QuizBlock]:
    """Read the question of a prediction: of a number, a place on a curve, or which choice comes first.

    Raises BlockError.
    """
    table = read_table(fence, _PREDICT)
    table.need("id", "ask")
    values = table.values
    if ("wins" in values) == ("tolerance" in values) or ("wins" in values) != ("choices" in values):
        raise BlockError(fence.line, "A prediction has either a tolerance, or choices and wins.")
    if "tolerance" in values:
        table.need("experiment", "answer")
        return table, replace(_question(table, "number", ""), curve=_curve(table))
    if "marks" in values:
        raise table.mistake("marks", "A mark on a curve is a number with a tolerance; choices have none.")
    if values["wins"] not in _WINS:
        raise table.mistake("wins", f"wins is one of {', '.join(_WINS)}, not {values['wins']!r}.")
    return table, _question(table, "order", _WINS[values["wins"]])


def _curve(table: Table) -> Curve | None:
    """What is marked on a curve, where that is asked for."""
    if "marks" not in table.values:
        return None
    marks = Table("marks", table.values["marks"], _MARKS, table.fence)
    marks.need(*_MARKS)
    until = marks.values["until"]
    if not 2 <= until <= MOST_PLACES:
        raise table.mistake("marks", f"until is the last place of the curve, from 2 to {MOST_PLACES}, not {until}.")
    return Curve(marks.values["axis"], until, float(marks.values["crosses"]))


def _question(table: Table, kind: str, rule: str) -> QuizBlock:
    table.check_spelling("experiment")
    table.check_path("answer")
    values = table.values
    return QuizBlock(
        id=values["id"],
        ask=plain_formulas(values["ask"]),
        kind=kind,  # type: ignore[arg-type]
        choices=_choices(table, kind) if kind != "number" else (),
        experiment=values.get("experiment", ""),
        answer=values.get("answer", ""),
        tolerance=_tolerance(table),
        why=plain_formulas(values.get("why", "")),
        line=table.fence.line,
        rule=rule,
        hints=read_hints(table),
        alone=values.get("alone", True),
    )


def _kind(table: Table) -> str:
    values = table.values
    if ("choices" in values) == ("tolerance" in values):
        raise BlockError(table.fence.line, "A quiz has either choices or a tolerance.")
    kinds = [kind for key, kind in (("tolerance", "number"), ("right", "many"), ("order", "order")) if key in values]
    if len(kinds) > 1:
        raise BlockError(table.fence.line, "A quiz has only one of tolerance, right and order.")
    return kinds[0] if kinds else "choose"


def _rule(table: Table) -> str:
    values = table.values
    if "order" in values and values["order"] not in ORDERS:
        raise table.mistake("order", f"order is one of {', '.join(ORDERS)}, not {values['order']!r}.")
    if "right" in values:
        if not is_rule(values["right"]):
            raise table.mistake("right", f"right is one of {RULES}, not {values['right']!r}.")
        if values["right"] in ("changed", "same"):
            table.need("experiment", "answer")
    rule: str = values.get("order") or values.get("right") or ""
    return rule


def read_hints(table: Table) -> tuple[str, ...]:
    """The hints of a question: a question back, a pointer, the line."""
    hints = table.values.get("hints", ["?"])
    if not 1 <= len(hints) <= MOST_HINTS or not all(isinstance(hint, str) and hint.strip() for hint in hints):
        raise table.mistake("hints", "hints is a list of one to three texts in quotes.")
    return tuple(map(plain_formulas, hints)) if "hints" in table.values else ()


def _tolerance(table: Table) -> float:
    tolerance = float(table.values.get("tolerance", 0))
    if not 0 <= tolerance < math.inf:
        raise table.mistake("tolerance", f"tolerance is a number from 0 on, not {tolerance:g}.")
    return tolerance


def _choices(table: Table, kind: str) -> tuple[Choice, ...]:
    tables = table.values["choices"]
    if not 2 <= len(tables) <= MOST_CHOICES:
        count = "at least two" if len(tables) < 2 else f"at most {MOST_CHOICES}"
        raise table.mistake("choices", f"A quiz has {count} choices; this one has {len(tables)}.")
    read = _choice if kind == "choose" else _own_choice
    choices = tuple(read(_table(values, table, place, kind), table) for place, values in enumerate(tables))
    texts = [choice.text for choice in choices]
    twice = next((place for place, text in enumerate(texts) if text in texts[:place]), None)
    if twice is not None:
        raise table.mistake("choices", f"There is a choice {texts[twice]!r} already.", twice)
    silent = [place for place, choice in enumerate(choices) if not choice.why]
    if kind == "choose" and len(silent) > 1:
        raise table.mistake("choices", "Only the right choice may do without a why.", silent[1])
    if "order" in table.values and silent:
        raise table.mistake("choices", "Each choice that is put in order says why it stands where it does.", silent[0])
    return choices


def _table(values: Any, quiz: Table, place: int, kind: str) -> Table:
    if not isinstance(values, dict):
        raise quiz.mistake("choices", "Each choice is a table under its own [[choices]].")
    begins = quiz.line_of("choices", place)
    keys = _CHOICE if kind == "choose" else _OWN_CHOICE
    return Table("choice", values, keys, quiz.fence, before=begins - quiz.fence.line)


def _choice(choice: Table, quiz: Table) -> Choice:
    choice.need("text", "value")
    return Choice(*_texts(choice, "text"), choice.values["value"], *_texts(choice, "why"))


def _own_choice(choice: Table, quiz: Table) -> Choice:
    """A choice with an experiment and a path; what it leaves out is the quiz's."""
    choice.need("text", *(key for key in ("experiment", "answer") if not quiz.values.get(key)))
    choice.check_spelling("experiment")
    choice.check_path("answer")
    own = {key: choice.values.get(key) or quiz.values[key] for key in ("experiment", "answer")}
    return Choice(*_texts(choice, "text"), None, *_texts(choice, "why"), **own)


def _texts(choice: Table, key: str) -> tuple[str]:
    return (plain_formulas(choice.values.get(key, "")),)

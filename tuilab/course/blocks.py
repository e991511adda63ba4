"""Reads the blocks of a lesson, fences named lab or quiz."""

import math
from collections.abc import Callable
from typing import Any

from tuilab.course.fences import Fence
from tuilab.course.formulas import plain_formulas
from tuilab.course.lesson import Choice, LabBlock, QuizBlock
from tuilab.course.paths import PathError, steps
from tuilab.course.toml import BlockError, Table, read_table

_LAB = {"open": str, "show": dict}
_CHOICE = {"text": str, "value": object, "why": str}
_QUIZ = {
    "id": str,
    "ask": str,
    "experiment": str,
    "answer": str,
    "tolerance": float,
    "choices": list,
    "why": str,
}


def read_block(fence: Fence) -> LabBlock | QuizBlock:
    """Read a fence whose info string is in `READERS`. Raises BlockError."""
    if not fence.closed:
        raise BlockError(fence.line, f"The {fence.info} block is not closed.")
    return READERS[fence.info](fence)


def _read_lab(fence: Fence) -> LabBlock:
    table = read_table(fence, _LAB)
    table.need("open")
    _check_spelling(table, "open")
    return LabBlock(table.values["open"], _show(table), fence.line)


def _show(table: Table) -> Any:
    """The state of the panel that a page asks for, of its lab's own type; None where it asks for none."""
    from tuilab.labs import catalogue
    from tuilab.labs.spelling import SpellingError, build, parse

    if not table.values.get("show"):
        return None
    kind = parse(table.values["open"]).kind
    show = catalogue.lab(kind).show if kind in catalogue.NAMES else None
    if show is None:
        raise table.mistake("show", f"show: there is nothing that a page can set in {kind}.")
    try:
        return build(show, {name: str(value) for name, value in table.values["show"].items()})
    except SpellingError as error:
        raise table.mistake("show", f"show: {error}") from None


def _read_quiz(fence: Fence) -> QuizBlock:
    table = read_table(fence, _QUIZ)
    table.need("id", "ask", "experiment", "answer")
    values = table.values
    if ("choices" in values) == ("tolerance" in values):
        raise BlockError(fence.line, "A quiz has either choices or a tolerance.")
    _check_spelling(table, "experiment")
    _check_path(table)
    return QuizBlock(
        id=values["id"],
        ask=plain_formulas(values["ask"]),
        kind="choose" if "choices" in values else "number",
        choices=_choices(table) if "choices" in values else (),
        experiment=values["experiment"],
        answer=values["answer"],
        tolerance=_tolerance(table),
        why=plain_formulas(values.get("why", "")),
        line=fence.line,
    )


READERS: dict[str, Callable[[Fence], LabBlock | QuizBlock]] = {"lab": _read_lab, "quiz": _read_quiz}


def _tolerance(table: Table) -> float:
    tolerance = float(table.values.get("tolerance", 0))
    if not 0 <= tolerance < math.inf:
        raise table.mistake("tolerance", f"tolerance is a number from 0 on, not {tolerance:g}.")
    return tolerance


def _choices(table: Table) -> tuple[Choice, ...]:
    tables = table.values["choices"]
    if len(tables) < 2:
        raise table.mistake("choices", f"A quiz has at least two choices; this one has {len(tables)}.")
    choices = tuple(_choice(values, table, place) for place, values in enumerate(tables))
    silent = [place for place, choice in enumerate(choices) if not choice.why]
    if len(silent) > 1:
        raise table.mistake("choices", "Only the right choice may do without a why.", silent[1])
    return choices


def _choice(values: Any, quiz: Table, place: int) -> Choice:
    if not isinstance(values, dict):
        raise quiz.mistake("choices", "Each choice is a table under its own [[choices]].")
    begins = quiz.line_of("choices", place)
    choice = Table("choice", values, _CHOICE, quiz.fence, before=begins - quiz.fence.line)
    choice.need("text", "value")
    return Choice(plain_formulas(values["text"]), values["value"], plain_formulas(values.get("why", "")))


def _check_spelling(table: Table, key: str) -> None:
    from tuilab.labs.spelling import SpellingError, parse

    try:
        parse(table.values[key])
    except SpellingError as error:
        raise table.mistake(key, str(error)) from None


def _check_path(table: Table) -> None:
    try:
        steps(table.values["answer"])
    except PathError as error:
        raise table.mistake("answer", str(error)) from None

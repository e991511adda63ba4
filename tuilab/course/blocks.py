"""Reads the blocks of a lesson, fences named lab, quiz, predict or exercise."""

from collections.abc import Callable
from typing import Any

from tuilab.course.fences import Fence
from tuilab.course.lesson import ExerciseBlock, LabBlock, PredictBlock, QuizBlock
from tuilab.course.quizblocks import read_prediction, read_quiz
from tuilab.course.toml import BlockError, Table, read_table

_LAB = {"open": str, "show": dict}
_EXERCISE = {"name": str}

Block = LabBlock | QuizBlock | PredictBlock | ExerciseBlock


def read_block(fence: Fence) -> Block:
    """Read a fence whose info string is in `READERS`. Raises BlockError."""
    if not fence.closed:
        raise BlockError(fence.line, f"The {fence.info} block is not closed.")
    return READERS[fence.info](fence)


def _read_lab(fence: Fence) -> LabBlock:
    table = read_table(fence, _LAB)
    table.need("open")
    table.check_spelling("open")
    return LabBlock(table.values["open"], read_show(table, "show", table.values["open"]), fence.line)


def _read_predict(fence: Fence) -> PredictBlock:
    table, question = read_prediction(fence)
    return PredictBlock(question, read_show(table, "then", question.experiment) if question.experiment else None)


def _read_exercise(fence: Fence) -> ExerciseBlock:
    table = read_table(fence, _EXERCISE)
    table.need("name")
    return ExerciseBlock(table.values["name"], fence.line)


def read_show(table: Table, key: str, spelling: str) -> Any:
    """The state of the panel that a page asks for, of its lab's own type; None where it asks for none."""
    from tuilab.labs import catalogue
    from tuilab.labs.spelling import SpellingError, build, parse

    if not table.values.get(key):
        return None
    kind = parse(spelling).kind
    show = catalogue.lab(kind).show if kind in catalogue.NAMES else None
    if show is None:
        raise table.mistake(key, f"{key}: there is nothing that a page can set in {kind}.")
    try:
        return build(show, {name: str(value) for name, value in table.values[key].items()})
    except SpellingError as error:
        raise table.mistake(key, f"{key}: {error}") from None


READERS: dict[str, Callable[[Fence], Block]] = {
    "lab": _read_lab,
    "quiz": read_quiz,
    "predict": _read_predict,
    "exercise": _read_exercise,
}

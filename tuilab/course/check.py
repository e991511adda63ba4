"""Checks lessons as their author does: every block is read, and every quiz is put to its experiment."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from tuilab.course.cutter import cut
from tuilab.course.evidence import read_tests
from tuilab.course.exercises import Exercise, exercise_of
from tuilab.course.glossary import check_entries, read_glossary
from tuilab.course.lesson import ExerciseBlock, LessonError, PredictBlock, QuizBlock
from tuilab.course.marks import check_mark
from tuilab.course.paths import PathError
from tuilab.course.quiz import (
    is_same,
    needed,
    own_value,
    right_choices,
    right_order,
    right_value,
    spell_value,
)
from tuilab.course.quizblocks import MOST_HINTS
from tuilab.course.reader import lesson_files, read_lessons
from tuilab.course.rules import apart, bound_of, distance
from tuilab.course.source import file_name

Ask = Callable[[Any], Any]
TOO_NEAR = 1e-4  # numbers as near as that, as a share of them, may change places on another machine
WIDEST = 0.5  # tolerance, as a share of the answer; of 1 where the answer is 0


def check_lessons(folder: Path, ask: Ask, numbers: bool = False) -> list[LessonError]:
    """List every mistake in a folder of lessons; `ask` gives the answer to a spec, or raises.

    With `numbers` each claim that carries no mark is one too; what is taken for one, `numbers.claims` says.
    """
    mistakes: list[LessonError] = []
    tests = read_tests(folder)
    quizzes: dict[str, str] = {}
    ask_once = _remembering(ask)
    for path in lesson_files(folder):
        pages, found = cut(path, quizzes)
        mistakes += found
        for page in pages:
            wrong = [(mark.line, check_mark(mark, ask_once, tests)) for mark in page.marks]
            mistakes += [LessonError(file_name(path), line, sentence) for line, sentence in wrong if sentence]
            if numbers:
                mistakes += [LessonError(file_name(path), line, f"{n} carries no mark.") for line, n in page.unmarked]
            for block in page.segments:
                if isinstance(block, ExerciseBlock) and not isinstance(exercise_of(path.parent, block.name), Exercise):
                    sentence = f"There is no exercise {block.name!r} without a mistake in this lesson."
                    mistakes.append(LessonError(file_name(path), block.line, sentence))
                if isinstance(block, QuizBlock | PredictBlock):
                    sentences = _mistakes(block, ask_once)
                    mistakes += [LessonError(file_name(path), block.line, sentence) for sentence in sentences]
    entries, found = read_glossary(folder)
    return [*mistakes, *found, *check_entries(entries, read_lessons(folder)[0])]


def _remembering(ask: Ask) -> Callable[[str], Any]:
    """Ask by spelling, and each experiment once: the quizzes of a page often share theirs."""
    from tuilab.labs import catalogue, spelling

    answers: dict[Any, Any] = {}

    def ask_once(text: str) -> Any:
        spec = spelling.parse(text)
        if not catalogue.stands_alone(spec.kind):
            raise ValueError("it cannot be asked by itself")
        if spec not in answers:
            answers[spec] = ask(spec)
        return answers[spec]

    return ask_once


def _mistakes(block: QuizBlock | PredictBlock, ask: Callable[[str], Any]) -> Iterator[str]:
    quiz = block.question if isinstance(block, PredictBlock) else block
    if len(quiz.hints) < MOST_HINTS:
        yield f"{quiz.id}: it has {len(quiz.hints)} of three hints: a question back, a pointer, the line."
    answers = {}
    for spelled in needed(quiz):
        try:
            answers[spelled] = ask(spelled)
        except Exception as error:  # whatever an experiment fails of, the lesson's author is told of it
            yield f"{quiz.id}: {spelled} gave no answer: {str(error).rstrip('.')}."
            return
    try:
        check = _of_first if isinstance(block, PredictBlock) and quiz.kind == "order" else _KINDS[quiz.kind]
        yield from check(quiz, answers)
    except PathError as error:
        yield f"{quiz.id}: {error}"


def _of_number(quiz: QuizBlock, answers: Mapping[str, Any]) -> Iterator[str]:
    value = right_value(quiz, answers[quiz.experiment])
    if quiz.tolerance >= WIDEST * (abs(value) or 1):
        wide = f"tolerance = {quiz.tolerance:g} is too wide for {spell_value(value)}"
        yield f"{quiz.id}: {wide}; keep it below {WIDEST * (abs(value) or 1):g}."


def _of_one(quiz: QuizBlock, answers: Mapping[str, Any]) -> Iterator[str]:
    value = right_value(quiz, answers[quiz.experiment])
    right = [choice for choice in quiz.choices if is_same(choice.value, value)]
    if len(right) != 1:
        count = "none" if not right else str(len(right))
        yield f"{quiz.id}: of its choices {count} is right; {quiz.answer} is {spell_value(value)}."
    for choice in quiz.choices:
        if choice not in right and not choice.why:
            yield f"{quiz.id}: the wrong choice {choice.text!r} does not say why."


def _of_many(quiz: QuizBlock, answers: Mapping[str, Any]) -> Iterator[str]:
    right = right_choices(quiz, answers)
    if not right:
        yield f"{quiz.id}: of its choices none is right: {_values(quiz, answers)}."
    if len(right) == len(quiz.choices):
        yield f"{quiz.id}: of its choices each is right, so there is nothing to choose: {_values(quiz, answers)}."
    for place, choice in enumerate(quiz.choices):
        if place not in right and not choice.why:
            yield f"{quiz.id}: the wrong choice {choice.text!r} does not say why."
        value = own_value(quiz, choice, answers)
        if bound_of(quiz.rule) is not None and distance(quiz.rule, value) < TOO_NEAR:
            yield f"{quiz.id}: {choice.text!r} is {spell_value(value)}, too near to call: right is {quiz.rule}."


def _of_order(quiz: QuizBlock, answers: Mapping[str, Any]) -> Iterator[str]:
    order = right_order(quiz, answers)
    values = [own_value(quiz, quiz.choices[place], answers) for place in order]
    if any(apart(one, other) < TOO_NEAR for one, other in pairwise(values)):
        yield f"{quiz.id}: it has no one right order: {_values(quiz, answers)}."
    elif list(order) == sorted(order):
        yield f"{quiz.id}: its choices stand in the right order already."


def _of_first(quiz: QuizBlock, answers: Mapping[str, Any]) -> Iterator[str]:
    first, second = (own_value(quiz, quiz.choices[place], answers) for place in right_order(quiz, answers)[:2])
    if apart(first, second) < TOO_NEAR:
        yield f"{quiz.id}: no one choice comes first: {_values(quiz, answers)}."


_KINDS = {"number": _of_number, "choose": _of_one, "many": _of_many, "order": _of_order}


def _values(quiz: QuizBlock, answers: Mapping[str, Any]) -> str:
    values = ((choice.text, own_value(quiz, choice, answers)) for choice in quiz.choices)
    return ", ".join(f"{text!r} is {spell_value(value)}" for text, value in values)

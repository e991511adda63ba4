"""Checks lessons as their author does: every block is read, and every quiz is put to its experiment."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tuilab.course.cutter import cut
from tuilab.course.lesson import LessonError, QuizBlock
from tuilab.course.paths import PathError
from tuilab.course.quiz import is_same, right_value, spell_value
from tuilab.course.reader import lesson_files
from tuilab.course.source import file_name

Ask = Callable[[Any], Any]


def check_lessons(folder: Path, ask: Ask) -> list[LessonError]:
    """List every mistake in a folder of lessons; `ask` gives the answer to a spec, or raises."""
    mistakes: list[LessonError] = []
    quizzes: dict[str, str] = {}
    ask_once = _remembering(ask)
    for path in lesson_files(folder):
        pages, found = cut(path, quizzes)
        mistakes += found
        for page in pages:
            for block in page.segments:
                if isinstance(block, QuizBlock):
                    sentences = _mistakes(block, ask_once)
                    mistakes += [LessonError(file_name(path), block.line, sentence) for sentence in sentences]
    return mistakes


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


def _mistakes(quiz: QuizBlock, ask: Callable[[str], Any]) -> Iterator[str]:
    try:
        answer = ask(quiz.experiment)
    except Exception as error:  # whatever an experiment fails of, the lesson's author is told of it
        yield f"{quiz.id}: {quiz.experiment} gave no answer: {str(error).rstrip('.')}."
        return
    try:
        value = right_value(quiz, answer)
    except PathError as error:
        yield f"{quiz.id}: {error}"
        return
    if quiz.kind == "choose":
        yield from _mistakes_of_choices(quiz, value)


def _mistakes_of_choices(quiz: QuizBlock, value: Any) -> Iterator[str]:
    right = [choice for choice in quiz.choices if is_same(choice.value, value)]
    if len(right) != 1:
        count = "none" if not right else str(len(right))
        yield f"{quiz.id}: of its choices {count} is right; {quiz.answer} is {spell_value(value)}."
    for choice in quiz.choices:
        if choice not in right and not choice.why:
            yield f"{quiz.id}: the wrong choice {choice.text!r} does not say why."

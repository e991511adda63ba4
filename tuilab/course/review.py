"""Which questions of earlier lessons are asked once more before a new one opens."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from tuilab.course.lesson import Lesson, LessonError, QuizBlock

MOST = 2


class Answer(Protocol):
    """The latest answer to a quiz; `records.entries.Answered` is one."""

    @property
    def right(self) -> bool:
        """Whether it was right."""

    @property
    def time(self) -> str:
        """When it was given, in a form that sorts."""


class Record(Protocol):
    """What is kept of what a learner did; `records.progress.Progress` is one."""

    def begun(self, lesson: str) -> bool:
        """Whether a lesson is being read."""

    def latest(self) -> Mapping[str, Answer]:
        """The latest answer to each quiz, by its name."""

    def trouble(self, quiz: str) -> int:
        """How many wrong answers and hints led to the newest right answer to a quiz."""


class Asked(NamedTuple):
    """A question of an earlier lesson."""

    lesson: Lesson
    quiz: QuizBlock

    @property
    def name(self) -> str:
        """The name that the record knows it by."""
        return f"{self.lesson.name}/{self.quiz.id}"


def review(lessons: Sequence[Lesson], opening: Lesson, record: Record) -> list[Asked]:
    """At most two answered questions of the lessons before one that was not begun: first what went wrong.

    Then come those whose newest right answer took wrong ones or a hint, then what was answered longest ago. What needs
    the lab of its page, `alone = false`, is not asked without it.
    """
    if record.begun(opening.name):
        return []
    latest = record.latest()
    found = [
        asked
        for lesson in lessons
        if lesson.number < opening.number and any(name.startswith(f"{lesson.name}/") for name in latest)
        for asked in _questions(lesson)
        if asked.name in latest
    ]
    return sorted(found, key=lambda asked: _urgency(asked, latest, record))[:MOST]


def _urgency(asked: Asked, latest: Mapping[str, Answer], record: Record) -> tuple[bool, bool, str]:
    answer = latest[asked.name]
    return answer.right, not record.trouble(asked.name), answer.time


def _questions(lesson: Lesson) -> list[Asked]:
    try:
        pages = lesson.pages()
    except LessonError:
        return []
    parts = (part for page in pages for part in page.segments)
    return [Asked(lesson, part) for part in parts if isinstance(part, QuizBlock) and part.alone]

"""Which questions are asked once more: before a new lesson opens, and those that were missed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from tuilab.course.lesson import Lesson, LessonError, QuizBlock

MOST = 2


class Answer(Protocol):
    """The latest answer to a quiz; `records.entries.Answered` is one."""

    @property
    def right(self) -> bool:
        """Whether it was right."""


class Record(Protocol):
    """What is kept of what a learner did; `records.progress.Progress` is one."""

    def begun(self, lesson: str) -> bool:
        """Whether a lesson is being read."""

    def latest(self) -> Mapping[str, Answer]:
        """The latest answer to each quiz, by its name: first what was answered longest ago."""

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
    ages = {name: age for age, name in enumerate(latest)}
    found = _answered([lesson for lesson in lessons if lesson.number < opening.number], latest)

    def urgency(asked: Asked) -> tuple[bool, bool, int]:
        return latest[asked.name].right, not record.trouble(asked.name), ages[asked.name]

    return sorted(found, key=urgency)[:MOST]


def missed(lessons: Sequence[Lesson], record: Record) -> list[Asked]:
    """The questions whose latest answer was wrong, lesson by lesson; not those that need the lab of their page."""
    return _answered(lessons, {name: answer for name, answer in record.latest().items() if not answer.right})


def count_told(questions: Sequence[Asked]) -> str:
    """How many questions, and of which lessons: `3 questions from lessons 1 and 4`."""
    numbers = list(dict.fromkeys(str(asked.lesson.number) for asked in questions))
    named = " and ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))
    plural = "s" if len(numbers) > 1 else ""
    return f"{len(questions)} question{'s' if len(questions) > 1 else ''} from lesson{plural} {named}"


def _answered(lessons: Sequence[Lesson], latest: Mapping[str, Answer]) -> list[Asked]:
    """The questions of some lessons that are among these answers; a lesson without any is not read."""
    return [
        asked
        for lesson in lessons
        if any(name.startswith(f"{lesson.name}/") for name in latest)
        for asked in _questions(lesson)
        if asked.name in latest
    ]


def _questions(lesson: Lesson) -> list[Asked]:
    try:
        pages = lesson.pages()
    except LessonError:
        return []
    parts = (part for page in pages for part in page.segments)
    return [Asked(lesson, part) for part in parts if isinstance(part, QuizBlock) and part.alone]

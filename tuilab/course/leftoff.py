"""Where a learner goes on, and what is still open."""

from collections.abc import Sequence
from typing import Protocol

from tuilab.course.lesson import Lesson


class Places(Protocol):
    """What is kept of where a learner was; `records.progress.Progress` is one."""

    def last_place(self) -> tuple[str, int] | None:
        """The lesson and page looked at last."""

    def last_page(self, lesson: str) -> int | None:
        """The page of that lesson looked at last."""

    def pages(self, lesson: str) -> set[int]:
        """The pages of that lesson that were seen."""

    def score(self, lesson: str) -> tuple[int, int]:
        """How many of its questions were ever answered rightly, and how many were answered."""


def left_off(lessons: Sequence[Lesson], places: Places) -> tuple[Lesson, int] | None:
    """The lesson and page, counted from 1, to go on with: where one was.

    After a last page, or where nothing is left to do, it is the next lesson in which there is something.
    """
    name, page = places.last_place() or ("", 0)
    lesson = next((lesson for lesson in lessons if lesson.name == name), None)
    if lesson is None:
        return None
    following = _following(lesson, lessons, places)
    if following is not None and (page >= lesson.page_count or _is_finished(lesson, places)):
        return following, min(places.last_page(following.name) or 1, following.page_count)
    return lesson, min(page, lesson.page_count)


def after_last_page(lesson: Lesson, lessons: Sequence[Lesson], places: Places) -> str:
    """Say that there is no page more, which questions are open, and which lesson comes next."""
    sentences = ["This is the last page."]
    if still := _open(lesson, places):
        of_all = f" of {lesson.quiz_count}" if still < lesson.quiz_count else ""
        sentences.append(f"Questions that are still open: {still}{of_all}.")
    following = _following(lesson, lessons, places)
    if following is not None:
        sentences.append(f"Next: lesson {following.number}, {following.title}.")
    return " ".join(sentences)


def _following(lesson: Lesson, lessons: Sequence[Lesson], places: Places) -> Lesson | None:
    after = (each for each in lessons if each.number > lesson.number)
    return next((each for each in after if not _is_finished(each, places)), None)


def _is_finished(lesson: Lesson, places: Places) -> bool:
    return not _open(lesson, places) and places.pages(lesson.name) >= {*range(1, lesson.page_count + 1)}


def _open(lesson: Lesson, places: Places) -> int:
    return max(0, lesson.quiz_count - places.score(lesson.name)[0])

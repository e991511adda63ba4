"""Where a learner goes on."""

from collections.abc import Sequence
from typing import Protocol

from tuilab.course.lesson import Lesson


class Places(Protocol):
    """What is kept of where a learner was; `records.progress.Progress` is one."""

    def last_place(self) -> tuple[str, int] | None:
        """The lesson and page looked at last."""

    def last_page(self, lesson: str) -> int | None:
        """The page of that lesson looked at last."""


def left_off(lessons: Sequence[Lesson], places: Places) -> tuple[Lesson, int] | None:
    """The lesson and page, counted from 1, to go on with: where one was; after a last page the next lesson."""
    name, page = places.last_place() or ("", 0)
    index = next((i for i, lesson in enumerate(lessons) if lesson.name == name), None)
    if index is None:
        return None
    if page >= lessons[index].page_count and index + 1 < len(lessons):
        following = lessons[index + 1]
        return following, min(places.last_page(following.name) or 1, following.page_count)
    return lessons[index], min(page, lessons[index].page_count)

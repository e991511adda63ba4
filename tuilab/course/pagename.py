"""A page by its number: 7.3 is page 3 of lesson 7, and so is 7/3."""

import re
from collections.abc import Sequence

from tuilab.course.lesson import Lesson, LessonError

_NAME = re.compile(r"(\d{1,3})[./](\d{1,3})")


def page_named(text: str, lessons: Sequence[Lesson]) -> tuple[Lesson, int, str] | None:
    """The lesson, the page counted from 1 and its title; None where no page that can be read is named so."""
    named = _NAME.fullmatch(text.strip())
    if named is None:
        return None
    number, page = map(int, named.groups())
    lesson = next((each for each in lessons if each.number == number and 1 <= page <= each.page_count), None)
    try:
        return (lesson, page, lesson.pages()[page - 1].title) if lesson is not None else None
    except LessonError:
        return None


def with_a_point(text: str) -> str:
    """The name of a page as it is listed; any other text as it is."""
    return text.replace("/", ".") if _NAME.fullmatch(text.strip()) else text

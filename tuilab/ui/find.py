"""Everything that can be gone to by typing a part of its name."""

from functools import partial
from typing import Any

from tuilab.course.lesson import LessonError
from tuilab.labs import catalogue


def places(app: Any) -> list[tuple[str, Any, str]]:
    """Each place: its name, what goes there, and a line of help. Pages of the open lesson come first."""
    found: list[tuple[str, Any, str]] = []
    current = getattr(app.screen, "lesson", None)
    for lesson in sorted(app.lessons, key=lambda lesson: lesson is not current):
        found.append((f"{lesson.number} {lesson.title}", partial(app.open_lesson, lesson), lesson.summary))
        try:
            pages = lesson.pages()
        except LessonError:
            continue
        for number, page in enumerate(pages):
            name = f"{lesson.number}.{number + 1} {page.title}"
            found.append((name, partial(app.open_lesson, lesson, number), f"page {number + 1} of {lesson.title}"))
    for lab in catalogue.labs():
        found.append((f"lab {lab.name}", partial(app.open_lab, lab.spec()), lab.summary))
    return found

"""Everything that can be gone to by typing a part of its name."""

from contextlib import suppress
from functools import partial
from typing import Any

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, SimpleProvider
from textual.widgets import Input

from tuilab.course.lesson import LessonError
from tuilab.labs import catalogue

LONGEST_NAME = 200


class Palette(CommandPalette):
    """The palette, closed once: a second enter that was typed ahead must not close what is below it."""

    def on_mount(self) -> None:
        """Take no more letters than a name has: each of them is looked for everywhere."""
        self.query_one(Input).max_length = LONGEST_NAME

    def _action_command_list(self, action: str) -> None:
        """Move in the list; Textual's fails on a page key that comes before the list has been laid out."""
        with suppress(KeyError):
            super()._action_command_list(action)

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close, if it is still there."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete.nothing()


def finder(app: Any) -> Palette:
    """The palette of all places."""
    provider = SimpleProvider(app.screen, places(app))
    return Palette(providers=[provider], placeholder="Find a lesson, a page or a lab")  # type: ignore[list-item]


def places(app: Any) -> list[Any]:
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

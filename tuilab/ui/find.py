"""Everything that can be gone to by typing a part of its name."""

from contextlib import suppress
from functools import partial
from typing import Any

from textual import work
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, SimpleProvider
from textual.css.query import NoMatches
from textual.widgets import Input

from tuilab.course.glossary import Entry
from tuilab.course.lesson import LessonError
from tuilab.course.pagename import with_a_point
from tuilab.labs import catalogue
from tuilab.widgets.steady import Steady

LONGEST_NAME = 200


class Palette(Steady, CommandPalette):
    """The palette, closed once: a second enter that was typed ahead must not close what is below it."""

    def on_mount(self) -> None:
        """No blinking cursor, which would be sent while nothing changes, and no more letters than a name has."""
        for line in self.query(Input):  # none where the palette was closed before it was there
            line.cursor_blink = False
            line.max_length = LONGEST_NAME  # each letter is looked for everywhere

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No keys before the list is there: Textual would end the program."""
        return bool(self.query(CommandList))

    def _action_command_list(self, action: str) -> None:
        """Move in the list; Textual's fails on a page key that comes before the list has been laid out."""
        with suppress(KeyError):
            super()._action_command_list(action)

    @work(exclusive=True, group="--textual-command-palette-gather-commands")
    async def _gather_commands(self, search_value: str) -> None:
        """Gather, unless the palette is gone again before its list is there: Textual would end the program."""
        with suppress(NoMatches):
            await CommandPalette._gather_commands.__wrapped__(self, with_a_point(search_value))  # type: ignore[attr-defined]

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close, if it is still there."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete.nothing()


def finder(app: Any) -> Palette:
    """The palette of all places."""
    provider = SimpleProvider(app.screen, places(app))
    return Palette(providers=[provider], placeholder="Find a lesson, a page, a lab or a term")  # type: ignore[list-item]


def places(app: Any) -> list[Any]:
    """Each place: its name, what goes there, and a line of help. Pages of the open lesson come first, terms last."""
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
    for entry in app.terms:
        found.append((f"term {', '.join(entry.names)}", partial(_go_to, app, entry), entry.means))
    return found


def _go_to(app: Any, entry: Entry) -> None:
    """Open the page where a term lives."""
    if place := app.page_of(entry):
        app.open_lesson(*place)
    else:
        app.notify("That page cannot be opened: its lesson has a mistake.", severity="error")

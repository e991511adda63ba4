"""Opens the screen, where there is a terminal to draw it on."""

import os
import sys

from tuilab.cli.errors import CommandError, read_spec
from tuilab.labs import catalogue
from tuilab.labs.spec import Spec

_NO_TERMINAL = (
    "tuilab draws on a terminal, and this is not one that it can draw on. "
    "Without one use: tuilab labs, tuilab ask 'unroll seed=1', tuilab run 'forecast steps=300'."
)
_NO_TERMINAL_HERE = (
    "Here there is tuilab's screen and nothing else, and it needs a terminal: use ssh without a command."
)


def open_screen(
    theme: str | None, mouse: bool, restricted: bool, opening: Spec | None = None, lesson: int | None = None
) -> int:
    """Open the app and return its exit status. Raises CommandError where there is no terminal."""
    streams = (sys.stdin, sys.stdout)  # None where one was closed before we began
    if not all(stream and stream.isatty() for stream in streams) or os.environ.get("TERM") == "dumb":
        raise CommandError(_NO_TERMINAL_HERE if restricted else _NO_TERMINAL)
    from tuilab.ui.launch import open_app

    return open_app(opening=opening, lesson=lesson, theme=theme, mouse=mouse, restricted=restricted)


def open_lab(text: str, theme: str | None, mouse: bool, restricted: bool) -> int:
    """Open the app at the lab that a spelling names."""
    spec = read_spec(text)
    if spec.kind not in catalogue.NAMES:
        labs = ", ".join(catalogue.NAMES)
        raise CommandError(f"{spec.kind} is no lab but a question to a run of one. The labs are: {labs}.")
    return open_screen(theme, mouse, restricted, opening=spec)


def open_lesson(number: int, theme: str | None, mouse: bool, restricted: bool) -> int:
    """Open the app at a lesson."""
    from tuilab.course.reader import lessons_folder, read_lessons

    numbers = [lesson.number for lesson in read_lessons(lessons_folder())[0]]
    if number not in numbers:
        raise CommandError(f"There is no lesson {number}. There are: {', '.join(map(str, numbers))}.")
    return open_screen(theme, mouse, restricted, lesson=number)

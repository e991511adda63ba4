"""Opens the screen, where there is a terminal to draw it on; in restricted mode plain lines on one that cannot be."""

import os
import sys
from typing import Any

from tuilab.cli.errors import CommandError, read_spec
from tuilab.labs import catalogue
from tuilab.labs.spec import Spec
from tuilab.terminal.means import NOT_DRAWABLE

_NO_TERMINAL = (
    "tuilab draws on a terminal, and this is not one that it can draw on. "
    "Without one use: tuilab --plain, which is the course in plain lines, or tuilab labs, "
    "tuilab ask 'unroll seed=1', tuilab run 'forecast steps=300'."
)
_NO_TERMINAL_HERE = (
    "Here there is tuilab's screen and nothing else, and it needs a terminal: use ssh without a command."
)


def open_screen(opening: Spec | None = None, lesson: int | None = None, **choices: Any) -> int:
    """Open the app and return its exit status. Raises CommandError where there is no terminal.

    `choices` are how it is drawn: theme, mouse, frugal, ascii_only; and whether it is restricted. Who is restricted
    cannot ask for plain mode, and has it on a terminal that cannot be drawn on, as a screen reader's may be.
    """
    restricted, drawable = choices.get("restricted"), os.environ.get("TERM", "") not in NOT_DRAWABLE
    is_terminal = all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout))  # None where it was closed
    if restricted and is_terminal and not drawable:
        from tuilab.plain.launch import open_plain

        return open_plain(opening, lesson)
    if not is_terminal or not drawable:
        raise CommandError(_NO_TERMINAL_HERE if restricted else _NO_TERMINAL)
    from tuilab.ui.launch import open_app

    return open_app(opening=opening, lesson=lesson, **choices)


def open_lab(text: str, **choices: Any) -> int:
    """Open the app at the lab that a spelling names."""
    return open_screen(opening=lab_spec(text), **choices)


def open_lesson(number: int, **choices: Any) -> int:
    """Open the app at a lesson."""
    return open_screen(lesson=lesson_number(number), **choices)


def lab_spec(text: str) -> Spec:
    """Read the spelling of a lab. Raises CommandError."""
    spec = read_spec(text)
    if spec.kind not in catalogue.NAMES:
        labs = ", ".join(catalogue.NAMES)
        raise CommandError(f"{spec.kind} is no lab but a question to a run of one. The labs are: {labs}.")
    return spec


def lesson_number(number: int) -> int:
    """Make sure that there is such a lesson. Raises CommandError."""
    from tuilab.course.reader import lessons_folder, read_lessons

    numbers = [lesson.number for lesson in read_lessons(lessons_folder())[0]]
    if number not in numbers:
        raise CommandError(f"There is no lesson {number}. There are: {', '.join(map(str, numbers))}.")
    return number

"""Opens the screen, where there is a terminal to draw it on."""

import os
import sys

from tuilab.cli.mistakes import Mistake, read_spec
from tuilab.labs import catalogue
from tuilab.labs.spec import Spec

_NO_TERMINAL = (
    "tuilab draws on a terminal, and this is not one that it can draw on. "
    "Without one use: tuilab labs, tuilab lessons, tuilab ask 'unroll seed=1', tuilab run 'forecast steps=300'."
)


def open_screen(theme: str | None, mouse: bool, opening: Spec | None = None, lesson: int | None = None) -> int:
    """Open the app and return its exit status. Raises Mistake where there is no terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise Mistake(_NO_TERMINAL)
    from tuilab.ui.launch import open_app

    return open_app(opening=opening, lesson=lesson, theme=theme, mouse=mouse)


def open_lab(text: str, theme: str | None, mouse: bool) -> int:
    """Open the app at the lab that a spelling names."""
    spec = read_spec(text)
    if spec.kind not in catalogue.NAMES:
        raise Mistake(f"{spec.kind} is no lab but a question to one. The labs are: {', '.join(catalogue.NAMES)}.")
    return open_screen(theme, mouse, opening=spec)


def open_lesson(number: int, theme: str | None, mouse: bool) -> int:
    """Open the app at a lesson."""
    from tuilab.course.reader import lessons_folder, read_lessons

    numbers = [lesson.number for lesson in read_lessons(lessons_folder())[0]]
    if number not in numbers:
        raise Mistake(f"There is no lesson {number}. There are: {', '.join(map(str, numbers))}.")
    return open_screen(theme, mouse, lesson=number)

"""Opens plain mode at home, at a lab, or at a lesson."""

import os

from tuilab.course.lesson import LessonError
from tuilab.course.reader import lessons_folder, read_lessons
from tuilab.labs.spec import Spec
from tuilab.plain.home import HomeRoom
from tuilab.plain.labroom import LabRoom
from tuilab.plain.lesson import LessonRoom
from tuilab.plain.lines import EndOfInput, Lines, standard_lines
from tuilab.plain.rooms import Room
from tuilab.records.folders import data_folder
from tuilab.records.progress import Progress


def open_plain(opening: Spec | None = None, lesson: int | None = None, lines: Lines | None = None) -> int:
    """Stay until the learner leaves or the input ends, and return the exit status.

    `opening` is the lab to open, `lesson` the number of a lesson that there is; without either it is home.
    """
    lines = lines or standard_lines(os.environ)
    if lines is None:
        return 0  # nobody can type and nobody can read
    try:
        _room(lines, opening, lesson).stay()
    except EndOfInput:
        if lines.prompt:
            lines.say()
    except LessonError as error:
        lines.say(f"This lesson has a mistake. {error}")
        return 1
    except KeyboardInterrupt:
        lines.say()  # what comes next begins on a line of its own
        raise
    return 0


def _room(lines: Lines, opening: Spec | None, number: int | None) -> Room:
    if opening is not None:
        return LabRoom(lines, opening)
    lessons, mistakes = read_lessons(lessons_folder())
    progress = Progress(data_folder())
    lesson = next((each for each in lessons if each.number == number), None)
    if lesson is None:
        return HomeRoom(lines, lessons, mistakes, progress)
    return LessonRoom(lines, lesson, progress, lessons)

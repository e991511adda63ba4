"""Finds the lessons and reads what the home screen shows of them; their text is read when it is opened."""

import re
from collections.abc import Sequence
from pathlib import Path

from tuilab.course.fences import Fence, is_heading, split
from tuilab.course.lesson import Lesson, LessonError
from tuilab.course.source import NO_PAGE, file_name, read_source
from tuilab.records.folders import lessons_folder

__all__ = ["Lesson", "LessonError", "lesson_files", "lessons_folder", "not_there", "read_lessons"]

_FOLDER = re.compile(r"(\d{2,})-.+")
_TABLE = ".csv"


def read_lessons(folder: Path) -> tuple[list[Lesson], list[LessonError]]:
    """List the lessons in order, without those whose front matter has a mistake, and these mistakes.

    Blocks are not read here: their mistakes come with `Lesson.pages` and `check_lessons`.
    """
    lessons: list[Lesson] = []
    mistakes: list[LessonError] = []
    for path in lesson_files(folder):
        try:
            lessons.append(_read(path))
        except LessonError as error:
            mistakes.append(error)
    return sorted(lessons, key=lambda lesson: (lesson.number, lesson.name)), mistakes


def not_there(lessons: Sequence[Lesson], mistakes: Sequence[LessonError]) -> list[int]:
    """The numbers between lessons that no lesson has yet; none where one is left out for a mistake."""
    numbers = [lesson.number for lesson in lessons]
    return [] if mistakes or not numbers else sorted({*range(numbers[0], numbers[-1])} - {*numbers})


def lesson_files(folder: Path) -> list[Path]:
    """List the files of the lessons: those of folders named like 01-topic, whether or not they are there.

    A folder without a text, with exercises or nothing but tables, is left out: its lesson is still to come, and what it
    holds is there already.
    """
    if not folder.is_dir():
        return []
    folders = sorted(path for path in folder.iterdir() if _FOLDER.fullmatch(path.name) and path.is_dir())
    return [path / "lesson.md" for path in folders if not _is_to_come(path)]


def _is_to_come(folder: Path) -> bool:
    if (folder / "lesson.md").exists():
        return False
    return (folder / "exercises").is_dir() or {path.suffix for path in folder.glob("*")} == {_TABLE}


def _read(path: Path) -> Lesson:
    source = read_source(path)
    number = _FOLDER.fullmatch(path.parent.name)
    assert number is not None
    parts = list(split(source.body))
    count = sum(map(is_heading, parts))
    quizzes, exercises = (
        sum(isinstance(part, Fence) and part.info == kind for part in parts) for kind in ("quiz", "exercise")
    )
    if not count:
        raise LessonError(file_name(path), source.first_line, NO_PAGE)
    return Lesson(int(number[1]), source.title, source.summary, source.minutes, path, count, quizzes, exercises)

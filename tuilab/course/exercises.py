"""Exercises as data: `exercises/NN-name/` in a lesson's folder, and what their authors got wrong.

    exercise.toml   title, task in plain Markdown, three hints (a question back, a pointer, the line); where it is
                    needed `seconds`, a budget for code that trains, `files` of the lesson that the code reads, and
                    `pieces`, names of earlier exercises whose files the code imports
    starter.py      what the learner begins with; the check says that it is wrong
    solution.py     what the check says is right, and each probe is compared with
    check.py        what is probed, see `tuilab.exercises.probing`
    slips/*.py      known wrong solutions; the first paragraph of each docstring is the sentence that names it

None of this is run here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tuilab.course.fences import Fence
from tuilab.course.lesson import LessonError
from tuilab.course.quizblocks import MOST_HINTS, read_hints
from tuilab.course.toml import BlockError, Table, read_table

FOLDER, FILE = "exercises", "exercise.toml"
PARTS = ("starter.py", "solution.py", "check.py")
SECONDS, MOST_SECONDS = 5.0, 60.0
_NAMED = re.compile(r"\d{2,}-([a-z][a-z0-9_-]*)")
_LESSON = re.compile(r"\d{2,}-.+")
_KEYS = {"title": str, "task": str, "hints": list, "seconds": float, "files": list, "pieces": list}


@dataclass(frozen=True)
class Exercise:
    """An exercise; `lesson` and `folder` are where it lies, `name` is that folder's without its number.

    `pieces` are the folders of exercises that it is put together of, by their names.
    """

    lesson: str
    name: str
    title: str
    task: str
    hints: tuple[str, ...]
    seconds: float
    files: tuple[Path, ...]
    pieces: dict[str, Path]
    folder: Path

    @property
    def id(self) -> str:
        """What records know it by."""
        return f"{self.lesson}/{self.name}"

    @property
    def starter(self) -> Path:
        """What the learner begins with."""
        return self.folder / "starter.py"

    @property
    def solution(self) -> Path:
        """One right solution."""
        return self.folder / "solution.py"

    def slips(self) -> list[Path]:
        """The known wrong solutions."""
        return sorted((self.folder / "slips").glob("*.py"))


def read_exercises(lessons: Path) -> tuple[list[Exercise], list[LessonError]]:
    """The exercises of all lessons in a folder, in order, without those that have a mistake, and these mistakes."""
    found: list[Exercise] = []
    mistakes: list[LessonError] = []
    for folder in _folders(lessons):
        file = "/".join((*folder.parts[-3:], FILE))
        try:
            exercise = _read(folder)
            twice = next((each for each in found if each.id == exercise.id), None)
            if twice:
                raise BlockError(1, f"There is an exercise {exercise.name!r} already: {twice.folder.name}.")
            found.append(exercise)
        except BlockError as error:
            mistakes.append(LessonError(file, error.line, str(error)))
    return found, mistakes


def exercise_of(lesson: Path, name: str) -> Exercise | LessonError:
    """The exercise of that name in a lesson's folder, or what is wrong with it."""
    found, mistakes = read_exercises(lesson.parent)
    exercise = next((each for each in found if (each.lesson, each.name) == (lesson.name, name)), None)
    mine = (each for each in mistakes if each.file.startswith(f"{lesson.name}/"))
    return exercise or next(mine, LessonError(f"{lesson.name}/{FOLDER}", 1, f"There is no exercise {name!r}."))


def find(exercises: Sequence[Exercise], wanted: str) -> list[Exercise]:
    """Those that are meant by a name: with the lesson before it, or its number, or alone."""
    lesson, slash, name = wanted.rpartition("/")
    return [each for each in exercises if name in (each.name, each.folder.name) and _is_of(each, lesson, slash)]


def _is_of(exercise: Exercise, lesson: str, slash: str) -> bool:
    number, _, topic = exercise.lesson.partition("-")
    return not slash or lesson in (exercise.lesson, number, number.lstrip("0"), topic)


def _folders(lessons: Path) -> list[Path]:
    if not lessons.is_dir():
        return []
    inside = [path / FOLDER for path in sorted(lessons.iterdir()) if _LESSON.fullmatch(path.name)]
    return [path for each in inside if each.is_dir() for path in sorted(each.iterdir()) if path.is_dir()]


def _read(folder: Path) -> Exercise:
    named = _NAMED.fullmatch(folder.name)
    if named is None:
        raise BlockError(1, f"{folder.name!r} is no name of an exercise; one is like 03-windows.")
    table = _table(folder / FILE)
    table.need("title", "task", "hints")
    for part in PARTS:
        if not (folder / part).is_file():
            raise BlockError(1, f"There is no {part} beside it.")
    hints = read_hints(table)
    if len(hints) < MOST_HINTS:
        raise table.mistake("hints", f"It has {len(hints)} of three hints: a question back, a pointer, the line.")
    lesson = folder.parents[1]
    values = table.values
    return Exercise(
        lesson=lesson.name,
        name=named[1],
        title=values["title"],
        task=values["task"].strip(),
        hints=hints,
        seconds=_seconds(table),
        files=_files(table, lesson),
        pieces=_pieces(table, folder),
        folder=folder,
    )


def _table(path: Path) -> Table:
    try:
        text = path.read_text("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        raise BlockError(1, "It cannot be read as UTF-8 text.") from None
    return read_table(Fence("exercise", text, text, 0, True), _KEYS)


def _seconds(table: Table) -> float:
    seconds = float(table.values.get("seconds", SECONDS))
    if not 1 <= seconds <= MOST_SECONDS:
        raise table.mistake("seconds", f"seconds is from 1 to {MOST_SECONDS:g}, not {seconds:g}.")
    return seconds


def _files(table: Table, lesson: Path) -> tuple[Path, ...]:
    names = table.values.get("files", [])
    for name in names:
        if not isinstance(name, str) or Path(name).name != name or not (lesson / name).is_file():
            raise table.mistake("files", f"files has {name!r}, and there is no such file in {lesson.name}.")
    return tuple(lesson / name for name in names)


def _pieces(table: Table, folder: Path) -> dict[str, Path]:
    before = sorted(path for path in folder.parent.iterdir() if path.is_dir() and path.name < folder.name)
    folders = {named[1]: path for path in before if (named := _NAMED.fullmatch(path.name))}
    names = table.values.get("pieces", [])
    for name in names:
        if name not in folders:
            there = ", ".join(folders) or "none"
            raise table.mistake("pieces", f"pieces has {name!r}; exercises before this one are: {there}.")
    return {name: folders[name] for name in names}

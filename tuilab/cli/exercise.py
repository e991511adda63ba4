"""Exercises without the screen, for people who live in an editor of their own."""

import json
import shutil
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from tuilab.cli.errors import CommandError
from tuilab.cli.wrapping import wrapped
from tuilab.course.exercises import Exercise, find, read_exercises
from tuilab.course.reader import lessons_folder
from tuilab.exercises.client import Checker, RefusedError
from tuilab.exercises.jobs import job_for
from tuilab.exercises.telling import file_of, side_by_side, told, without_task
from tuilab.exercises.verdict import Verdict
from tuilab.records.folders import data_folder, exercises_folder
from tuilab.records.folders import told as told_path
from tuilab.records.progress import Progress
from tuilab.records.worksheets import begin, begin_anew, state_of, worksheet

LOOK = 0.2  # seconds from one look at the file to the next


def list_exercises(as_json: bool) -> int:
    """Print each exercise, and how far the learner is."""
    exercises, progress = _exercises(), _progress()
    if as_json:
        print(json.dumps([_as_json(each, progress) for each in exercises], ensure_ascii=False))
        return 0
    width = max((len(each.id) for each in exercises), default=0)
    for each in exercises:
        line = f"{each.id:<{width}}  {_state(each, progress):<11}  {each.title}"
        print(wrapped(line, sys.stdout, hanging=width + 15))
    return 0


def start(name: str) -> int:
    """Begin the learner's file where there is none, and print its path."""
    exercise = _found(name)
    path = _file(exercise)
    if not begin(path, file_of(exercise)):
        print("It was begun already and is as you left it; reset begins it anew.", file=sys.stderr)
    print(path)
    return 0


def check(name: str | None, watch: bool, as_json: bool) -> int:
    """Check a file; 1 where it is not right. With `watch` again on each save, for ever."""
    exercise = _found(name) if name else _latest()
    path = _file(exercise)
    if not path.exists():
        raise CommandError(f"There is no file of it yet; tuilab exercise start {exercise.name} begins one.")
    progress = _progress()
    with closing(_Checking(exercise, path, as_json, progress)) as checking:
        verdict = checking.once()
        while watch:
            checking.wait_for_a_save()
            verdict = checking.once()
    return 0 if verdict.is_right else 1


def hint(name: str) -> int:
    """Print the hints up to the next one, which is noted."""
    exercise, progress = _found(name), _progress()
    shown = min(progress.worked(exercise.id).hints + 1, len(exercise.hints))
    progress.exercised(exercise.id, "hint", shown)
    for number, text in enumerate(exercise.hints[:shown], start=1):
        print(wrapped(f"{number}  {text}", sys.stdout, hanging=3))
    if shown == len(exercise.hints):
        print(f"There are no more; tuilab exercise solution {exercise.name} shows a solution.")
    return 0


def solution(name: str) -> int:
    """Print a solution, beside the learner's file where the terminal is wide enough; it is noted that it was seen."""
    exercise, progress = _found(name), _progress()
    text, path = exercise.solution.read_text("utf-8"), _file(exercise)
    progress.exercised(exercise.id, "solution")
    mine = without_task(path.read_text("utf-8", "replace")) if sys.stdout.isatty() and path.exists() else ""
    both = side_by_side(mine, text) if mine else []
    fits = max(map(len, both), default=0) <= shutil.get_terminal_size().columns
    print("\n".join(both) if both and fits else text.rstrip("\n"))
    return 0


def reset(name: str) -> int:
    """Begin anew, keep what was there, and say where."""
    exercise = _found(name)
    path = _file(exercise)
    kept = begin_anew(path, file_of(exercise))
    if kept is not None:
        print(wrapped(f"What you had written is kept in {told_path(kept)}", sys.stderr), file=sys.stderr)
    print(path)
    return 0


class _Checking:
    """One file that is checked, once or again and again."""

    def __init__(self, exercise: Exercise, path: Path, as_json: bool, progress: Progress) -> None:
        self.exercise, self.path, self.as_json, self.progress = exercise, path, as_json, progress
        self.checker = Checker()
        self._seen: tuple[int, ...] | None = None

    def once(self) -> Verdict:
        """Check it, print the verdict, and note where it is right."""
        self._seen = state_of(self.path)
        try:
            verdict = self.checker.check(job_for(self.exercise, self.path))
        except RefusedError as error:
            raise CommandError(str(error)) from None
        if self.as_json:
            print(json.dumps({"exercise": self.exercise.id} | msgspec.to_builtins(verdict), ensure_ascii=False))
        else:
            for number, line in enumerate(told(verdict)):
                print(wrapped(f"{self.exercise.name}: {line}" if not number else line, sys.stdout))
        sys.stdout.flush()
        if verdict.is_right:
            self.progress.exercised(self.exercise.id, "solved")
        return verdict

    def wait_for_a_save(self) -> None:
        """Wait until the file is another; an editor may take it away for a moment."""
        while (now := state_of(self.path)) is None or now == self._seen:
            time.sleep(LOOK)

    def close(self) -> None:
        """End what checks."""
        self.checker.close()


def _progress() -> Progress:
    progress = Progress(data_folder())
    progress.refresh()
    for problem in filter(None, (progress.problem, progress.damage)):
        print(wrapped(problem, sys.stderr), file=sys.stderr)
    return progress


def _exercises() -> list[Exercise]:
    found, mistakes = read_exercises(lessons_folder())
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return found


def _found(name: str) -> Exercise:
    exercises = _exercises()
    found = find(exercises, name)
    if len(found) > 1:
        raise CommandError(f"{name} is several exercises: {', '.join(each.id for each in found)}; name one of them.")
    if not found:
        raise CommandError(f"There is no exercise {name!r}. There are: {', '.join(each.id for each in exercises)}.")
    return found[0]


def _latest() -> Exercise:
    begun = [each for each in _exercises() if state_of(_file(each))]
    if not begun:
        raise CommandError("No exercise is begun yet: tuilab exercise list has them, tuilab exercise start begins one.")
    return max(begun, key=lambda each: _file(each).stat().st_mtime_ns)


def _file(exercise: Exercise) -> Path:
    return worksheet(exercises_folder(), exercise.lesson, exercise.name)


def _state(exercise: Exercise, progress: Progress) -> str:
    if progress.worked(exercise.id).solved:
        return "solved"
    return "begun" if _file(exercise).exists() else "not begun"


def _as_json(exercise: Exercise, progress: Progress) -> dict[str, Any]:
    worked = progress.worked(exercise.id)
    return {
        "exercise": exercise.id,
        "title": exercise.title,
        "task": exercise.task,
        "state": _state(exercise, progress),
        "hints": worked.hints,
        "solution": worked.solution,
        "seconds": exercise.seconds,
        "file": str(_file(exercise)),
    }

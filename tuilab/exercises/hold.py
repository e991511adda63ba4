"""Holds exercises against their own files: the starter is wrong, the solution right, and each slip is named."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tuilab.course.exercises import Exercise
from tuilab.course.lesson import LessonError
from tuilab.exercises.client import Checker
from tuilab.exercises.jobs import job_for
from tuilab.exercises.verdict import Verdict


def mistakes_of(exercises: Sequence[Exercise], checker: Checker) -> Iterator[LessonError]:
    """What is wrong with each, with the file and the line."""
    for exercise in exercises:
        for file, sentence, line in _mistakes(exercise, checker):
            place = "/".join((*exercise.folder.parts[-3:], *file.relative_to(exercise.folder).parts))
            yield LessonError(place, line or 1, sentence)


def _mistakes(exercise: Exercise, checker: Checker) -> Iterator[tuple[Path, str, int]]:
    starter = checker.check(job_for(exercise, exercise.starter))
    if starter.kind not in ("wrong", "failed") or _is_own_fault(starter):
        yield exercise.starter, f"The starter is to be wrong, and is {_told(starter)}", starter.line
    solution = checker.check(job_for(exercise, exercise.solution))
    if not solution.is_right:
        yield exercise.solution, f"The solution is to be right, and is {_told(solution)}", solution.line
        return
    for slip in exercise.slips():
        verdict = checker.check(job_for(exercise, slip))
        if verdict.is_right:
            yield slip, "The slip is called right: no probe tells it from the solution.", 0
        elif verdict.kind != "slip":
            yield (
                slip,
                f"The slip is not named; no probe tells it from another, or it is {_told(verdict)}",
                verdict.line,
            )
        elif verdict.sentences[0] == "":
            yield slip, "The slip has no docstring; its first paragraph is the sentence that names it.", 0


def _is_own_fault(verdict: Verdict) -> bool:
    return any("fault of the exercise" in sentence for sentence in verdict.sentences)


def _told(verdict: Verdict) -> str:
    return f"{verdict.kind}: {' '.join(verdict.sentences) or 'no word.'}"

"""The job that has a learner's file checked as an exercise."""

from pathlib import Path

from tuilab.course.exercises import Exercise
from tuilab.exercises.verdict import Job, Limits


def job_for(exercise: Exercise, file: Path) -> Job:
    """The check of a file as this exercise; the learner's pieces lie beside the file."""
    pieces = [piece for name in exercise.pieces if (piece := file.with_name(f"{name}.py")).is_file()]
    files = tuple(str(each.resolve()) for each in (*exercise.files, *pieces))
    folders = tuple(str(each.resolve()) for each in exercise.pieces.values())
    return Job(str(exercise.folder.resolve()), str(file.resolve()), files, folders, Limits(seconds=exercise.seconds))

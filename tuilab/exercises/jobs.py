"""The job that has a learner's file checked as an exercise."""

from pathlib import Path

from tuilab.course.exercises import Exercise
from tuilab.exercises.verdict import Job, Limits


def job_for(exercise: Exercise, file: Path) -> Job:
    """The check of a file as this exercise."""
    files = tuple(str(each.resolve()) for each in exercise.files)
    return Job(str(exercise.folder.resolve()), str(file.resolve()), files, Limits(seconds=exercise.seconds))

"""An exercise in plain lines: its task, and the commands that begin and check it elsewhere."""

from tuilab.course.exercises import exercise_of
from tuilab.course.lesson import ExerciseBlock, Lesson, LessonError
from tuilab.exercises.client import REFUSED
from tuilab.plain.lines import Lines
from tuilab.plain.markdown import say_markdown
from tuilab.records.folders import is_restricted
from tuilab.records.progress import Progress


def say_exercise(lines: Lines, lesson: Lesson, block: ExerciseBlock, progress: Progress) -> None:
    """Say the exercise, whether it is solved, and what is typed in another terminal."""
    exercise = exercise_of(lesson.path.parent, block.name)
    if isinstance(exercise, LessonError):
        return lines.say(str(exercise))
    solved = ", solved" if progress.worked(exercise.id).solved else ""
    lines.say(f"Exercise{solved}: {exercise.title}")
    say_markdown(lines, exercise.task)
    if is_restricted():
        return lines.say(REFUSED)
    name = exercise.name
    return lines.say(
        f"In another terminal: tuilab exercise start {name} begins your file, tuilab exercise check {name} checks it, "
        f"tuilab exercise hint {name} gives a hint."
    )

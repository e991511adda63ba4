"""Lists what there is: the labs with their settings, and the lessons; and checks a folder of lessons."""

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuilab.cli.errors import CommandError
from tuilab.cli.wrapping import wrapped
from tuilab.course.lesson import Lesson, LessonError
from tuilab.labs import catalogue
from tuilab.labs.catalogue import Lab
from tuilab.labs.spec import Spec, fields

if TYPE_CHECKING:
    from tuilab.records.progress import Progress

_PRESET = (
    "In every lab, for whoever sets an experiment up: lock=hidden,lr locks settings, so that they are shown and cannot "
    "be changed, lock=all every one; hide=cell,seed does not show them either. So also in a lesson's lab block."
)


def list_labs(as_json: bool) -> int:
    """Print every lab: what it is, how it is used, and its settings."""
    if as_json:
        print(json.dumps([_lab(lab) for lab in catalogue.labs()], ensure_ascii=False))
        return 0
    for lab in catalogue.labs():
        print(wrapped(f"{lab.name}: {lab.summary}", sys.stdout, hanging=2))
        verbs = ", ".join(f"tuilab {verb} '{lab.name}'" for verb in ("open", *_verbs(lab)))
        print(wrapped(f"  {verbs}", sys.stdout, hanging=2))
        _print_fields(lab.spec)
        for other in lab.besides:
            first = fields(other)[0]
            print(wrapped(f"  with {first.name}, {first.help}", sys.stdout, hanging=4))
            _print_fields(other)
        for question in lab.questions:
            kind = question.spec.kind
            to_a_run = f"a question to a trained {lab.name}, tuilab run '{lab.name}' --ask '{kind}'"
            by_itself = f"a question by itself, tuilab ask '{kind}'"
            how = f"  {kind}: {by_itself if question.alone else to_a_run}"
            print(wrapped(how, sys.stdout, hanging=4))
            _print_fields(question.spec)
        print()
    print(wrapped(_PRESET, sys.stdout, hanging=2))
    return 0


def list_lessons(as_json: bool) -> int:
    """Print every lesson; mistakes in lessons go to standard error, a line each.

    As JSON with how far the learner is, and for how many seconds they were at it.
    """
    from tuilab.course.reader import lessons_folder, read_lessons
    from tuilab.records.folders import data_folder
    from tuilab.records.progress import Progress

    lessons, mistakes = read_lessons(lessons_folder())
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    if as_json:
        progress = Progress(data_folder())
        print(json.dumps([_lesson(lesson, progress) for lesson in lessons], ensure_ascii=False))
        return 0
    width = max((len(lesson.title) for lesson in lessons), default=0)
    for lesson in lessons:
        line = f"{lesson.number:>2}  {lesson.title:<{width}}  {lesson.summary} ({lesson.minutes} minutes)"
        print(wrapped(line, sys.stdout, hanging=width + 6))
    return 0


def list_terms(term: str | None, as_json: bool) -> int:
    """Print what a term means, or all of them."""
    from tuilab.course.glossary import best, read_glossary
    from tuilab.course.reader import lessons_folder

    entries, _ = read_glossary(lessons_folder())
    found = best(entries, term) if term else entries
    if not found:
        raise CommandError(f"The glossary has no {term!r}; tuilab glossary lists all that it has.")
    if as_json:
        names = ("term", "also", "means", "lesson", "page", "lab")
        print(json.dumps([{name: getattr(entry, name) for name in names} for entry in found], ensure_ascii=False))
        return 0
    for entry in found:
        print(wrapped(f"{', '.join(entry.names)}: {entry.means} ({entry.where})", sys.stdout, hanging=2))
    return 0


def check_folder(folder: str | None, numbers: bool = False, trusted: bool = False) -> int:
    """Check the lessons of a folder and print each mistake; 1 where there is one.

    With `numbers` claims that carry no mark are mistakes too. Exercises are code: those of another folder than tuilab's
    own are only run where it is `trusted`.
    """
    from tuilab.course.check import check_lessons
    from tuilab.course.reader import lesson_files, lessons_folder
    from tuilab.labs.direct import experiment

    path = Path(folder) if folder else lessons_folder()
    files = lesson_files(path)
    if not files:
        raise CommandError(f"{path} holds no lessons; one is a folder like 01-topic with a lesson.md in it.")
    mistakes = check_lessons(path, lambda spec: experiment(spec).answer(spec), numbers)
    runs = trusted or path.resolve() == lessons_folder().resolve()
    exercises, found = _check_exercises(path, runs)
    for mistake in (*mistakes, *found):
        print(mistake)
    if exercises and not runs:
        said = f"{exercises} exercises were read and not run: they are code; --trust runs them, where you trust {path}."
        print(wrapped(said, sys.stdout))
    if not mistakes and not found:
        told = f" and {exercises} exercises" if exercises and runs else ""
        print(f"No mistakes in {len(files)} lessons{told}.")
    return 1 if mistakes or found else 0


def _check_exercises(folder: Path, runs: bool) -> tuple[int, list[LessonError]]:
    """How many exercises there are, and what is wrong with them; in restricted mode, where none is run, 0."""
    from tuilab.course.exercises import read_exercises
    from tuilab.exercises.client import Checker
    from tuilab.exercises.hold import mistakes_of
    from tuilab.records.folders import is_restricted

    if is_restricted():
        return 0, []
    exercises, mistakes = read_exercises(folder)
    if not runs:
        return len(exercises), list(mistakes)
    with closing(Checker()) as checker:
        return len(exercises), [*mistakes, *mistakes_of(exercises, checker)]


def _verbs(lab: Lab) -> list[str]:
    return [verb for verb, there in (("ask", lab.answer), ("run", lab.view)) if there]


def _lab(lab: Lab) -> dict[str, Any]:
    questions = {question.spec.kind: _fields(question.spec) for question in lab.questions}
    return {
        "name": lab.name,
        "summary": lab.summary,
        "commands": _verbs(lab),
        "fields": _fields(lab.spec),
        **({"besides": [_fields(other) for other in lab.besides]} if lab.besides else {}),
        "questions": questions,
    }


def _lesson(lesson: Lesson, progress: "Progress") -> dict[str, Any]:
    names = ("number", "title", "summary", "minutes")
    return {
        **{name: getattr(lesson, name) for name in names},
        "pages": lesson.page_count,
        "questions": lesson.quiz_count,
        "exercises": lesson.exercise_count,
        "seen": len([page for page in progress.pages(lesson.name) if page <= lesson.page_count]),
        "right": progress.score(lesson.name)[0],
        "solved": progress.solved(lesson.name),
        "seconds": round(progress.seconds(lesson.name)),
    }


def _fields(spec: type[Spec]) -> list[dict[str, Any]]:
    return [
        {"name": field.name, "default": field.default, "allowed": field.allowed, "help": field.help}
        for field in fields(spec)
    ]


def _print_fields(spec: type[Spec]) -> None:
    found = fields(spec)
    names = max(len(f"{field.name}={field.spell(field.default)}") for field in found)
    for field in found:
        setting = f"{field.name}={field.spell(field.default)}"
        print(wrapped(f"    {setting:<{names}}  {field.help}: {field.allowed}", sys.stdout, hanging=names + 6))

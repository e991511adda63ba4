"""Writes a learner's answers and notes for themselves or for a teacher, and reads what learners have handed in."""

import json
import sys
from pathlib import Path

import msgspec

from tuilab.cli.errors import CommandError
from tuilab.cli.replacing import must_be_new
from tuilab.cli.wrapping import wrapped
from tuilab.course.reader import lessons_folder, read_lessons
from tuilab.exports.handin import HandIn, HandInError, hand_in, read_hand_in, written
from tuilab.exports.notes import as_markdown
from tuilab.records.files import replace_file
from tuilab.records.folders import data_folder


def write_notes(to: str | None, force: bool = False) -> int:
    """Print answers and notes as Markdown, or write them to a file."""
    text = as_markdown(_gathered(""))
    if to is None:
        print(text, end="")
        return 0
    _put(to, text.encode(), force)
    print(wrapped(f"Answers and notes are in {to}.", sys.stdout))
    return 0


def write_hand_in(to: str, learner: str, force: bool = False) -> int:
    """Write the file for a teacher, and say what is in it."""
    handed = _gathered(learner)
    _put(to, written(handed), force)
    answers = sum(len(lesson.questions) for lesson in handed.lessons)
    counts = ((len(handed.lessons), "lesson"), (answers, "answer"), (len(handed.runs), "run"))
    counted = ", ".join(f"{count} {what}{'s' * (count != 1)}" for count, what in counts)
    print(wrapped(f"{to} can be handed in: {counted}. tuilab records read {to} shows it.", sys.stdout))
    return 0


def read_hand_ins(files: list[str], as_json: bool) -> int:
    """Print one hand-in whole, of several a line for each lesson of each learner."""
    handed, refused = list[tuple[str, HandIn]](), 0
    for file in files:
        try:
            handed.append((file, _read(file)))
        except CommandError as error:
            if len(files) == 1:
                raise
            refused += 1
            print(wrapped(error.line, sys.stderr), file=sys.stderr)
    if as_json:
        print(json.dumps([msgspec.to_builtins(each) | {"file": file} for file, each in handed], ensure_ascii=False))
        return 2 if refused else 0
    if len(files) == 1:
        print(as_markdown(handed[0][1]), end="")
        return 0
    who = {file: _one_line(each.learner) or file for file, each in handed}
    width = max(map(len, who.values()), default=0)
    print(f"{'':<{width}}  lesson    pages     right  hints  minutes")
    for file, each in handed:
        for lesson in each.lessons:
            hints = sum(question.hints for question in lesson.questions)
            pages, right = f"{len(lesson.seen)} of {lesson.pages}", f"{lesson.right} of {lesson.asked}"
            line = f"{lesson.number:>6}  {pages:>9}  {right:>8}  {hints:>5}  {lesson.minutes:>7.0f}"
            print(f"{who[file]:<{width}}  {line}")
        if not each.lessons:
            print(f"{who[file]:<{width}}  no lesson")
    return 2 if refused else 0


def _gathered(learner: str) -> HandIn:
    lessons, _ = read_lessons(lessons_folder())
    return hand_in(data_folder(), lessons, learner)


def _read(file: str) -> HandIn:
    try:
        return read_hand_in(Path(file))
    except HandInError as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


def _put(to: str, content: bytes, force: bool) -> None:
    path = Path(to)
    must_be_new(to, force)
    try:
        if path.is_dir():
            raise CommandError(f"{path} is a folder; name the file that is to be written.")
        replace_file(path, content)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)[:40]

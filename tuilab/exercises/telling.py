"""What a learner reads of an exercise and of a verdict, line by line."""

import re
import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from tuilab.course.exercises import Exercise
from tuilab.exercises.verdict import Verdict

WIDTH = 70  # columns of the task at the top of the learner's file, which an editor shows in 80
BETWEEN = " | "
MOST = WIDTH - 4  # columns of a line of code that a caret stands below: both would be wrapped elsewhere


def file_of(exercise: Exercise) -> bytes:
    """What the learner's file begins as: the task as a comment, then the starter."""
    lines = [exercise.title, ""]
    for paragraph in exercise.task.split("\n\n"):
        for place, item in enumerate(re.split(r"(?:^|\n)\* ", paragraph)):
            mark, hanging = ("* ", "  ") if place else ("", "")  # what stands before the first mark is no item
            words = mark + " ".join(item.split())
            lines += textwrap.wrap(words, WIDTH, subsequent_indent=hanging, break_on_hyphens=False) if item else []
        lines.append("")
    comment = "\n".join(f"# {line}".rstrip() for line in lines[:-1])
    return f"{comment}\n\n{exercise.starter.read_text('utf-8')}".encode()


def told(verdict: Verdict) -> Iterator[str]:
    """The lines that say what came of a check."""
    yield from ("Right.", *verdict.shown) if verdict.is_right else verdict.sentences
    if verdict.column and verdict.code:
        code, place = around(verdict.code, verdict.column - 1)
        yield f"    {code}"
        yield f"    {' ' * place}^"
    if verdict.printed:
        yield "It printed:"
        yield from (f"    {line}" for line in verdict.printed.splitlines())
    if verdict.cut:
        yield f"It printed more than {len(verdict.printed):,} characters; the rest is left out."


def around(code: str, place: int) -> tuple[str, int]:
    """What is shown of a line of code, not too long, and where in it the place then is."""
    first = max(0, min(place - MOST // 2, len(code) - MOST))
    shown = code[first : first + MOST]
    before, after = first > 0, first + MOST < len(code)
    return f"{'…' * before}{shown[before : len(shown) - after]}{'…' * after}", place - first


def without_task(text: str) -> str:
    """A learner's file without the task above it."""
    lines = text.splitlines()
    begins = next((place for place, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    return "\n".join(lines[begins:])


def shown_lines(text: str) -> str:
    """A program as it can be shown: no tabs, and nothing in it that steers a terminal."""
    lines = (line.expandtabs(4) for line in text.splitlines())
    return "\n".join("".join(each if each.isprintable() else "?" for each in line) for line in lines)


def side_by_side(left: str, right: str) -> list[str]:
    """Two programs beside each other, each with its name above; all lines are whole."""
    ours = ["Yours", "", *shown_lines(left).splitlines()]
    theirs = ["A solution", "", *shown_lines(right).splitlines()]
    column = max(map(len, ours))
    pairs = zip_longest(ours, theirs, fillvalue="")
    return [f"{one:<{column}}{BETWEEN}{other}".rstrip() for one, other in pairs]

"""What a learner reads of an exercise and of a verdict, line by line."""

import textwrap
from collections.abc import Iterator

from tuilab.course.exercises import Exercise
from tuilab.exercises.verdict import Verdict

WIDTH = 72  # columns of the task at the top of the learner's file
BETWEEN = " | "


def file_of(exercise: Exercise) -> bytes:
    """What the learner's file begins as: the task as a comment, then the starter."""
    lines = [exercise.title, ""]
    for paragraph in exercise.task.split("\n\n"):
        items = paragraph.split("\n* ")
        lines += textwrap.wrap(" ".join(items[0].split()).removeprefix("* "), WIDTH, break_on_hyphens=False)
        for item in items[1:] if not items[0].startswith("* ") else items:
            words = " ".join(item.removeprefix("* ").split())
            lines += textwrap.wrap(f"* {words}", WIDTH, subsequent_indent="  ", break_on_hyphens=False)
        lines.append("")
    comment = "\n".join(f"# {line}".rstrip() for line in lines[:-1])
    return f"{comment}\n\n{exercise.starter.read_text('utf-8')}".encode()


def told(verdict: Verdict) -> Iterator[str]:
    """The lines that say what came of a check."""
    yield from ("Right.", *verdict.shown) if verdict.is_right else verdict.sentences
    if verdict.column and verdict.code:
        yield f"    {verdict.code}"
        yield f"    {' ' * (verdict.column - 1)}^"
    if verdict.printed:
        yield "It printed:"
        yield from (f"    {line}" for line in verdict.printed.splitlines())
    if verdict.cut:
        yield f"It printed more than {len(verdict.printed):,} characters; the rest is left out."


def without_task(text: str) -> str:
    """A learner's file without the task above it."""
    lines = text.splitlines()
    begins = next((place for place, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    return "\n".join(lines[begins:])


def side_by_side(left: str, right: str, width: int) -> Iterator[str]:
    """Two texts beside each other, each with its name above; what does not fit goes on in the next line."""
    column = (width - len(BETWEEN)) // 2
    yield f"{'Yours':<{column}}{BETWEEN}A solution"
    yield f"{'-' * column}-+-{'-' * column}"
    ours, theirs = left.splitlines(), right.splitlines()
    for place in range(max(len(ours), len(theirs))):
        pair = [_pieces(lines[place] if place < len(lines) else "", column) for lines in (ours, theirs)]
        for line in range(max(map(len, pair))):
            one, other = (pieces[line] if line < len(pieces) else "" for pieces in pair)
            yield f"{one:<{column}}{BETWEEN}{other}".rstrip()


def _pieces(line: str, column: int) -> list[str]:
    shown = "".join(character if character.isprintable() else "?" for character in line.expandtabs(4))
    return [shown[at : at + column] for at in range(0, len(shown), column)] or [""]

"""Tells the fenced blocks of a Markdown text from the lines around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = re.compile(r" *(?P<mark>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)$")


@dataclass(frozen=True)
class Line:
    """A line outside fences, and its number in the text."""

    text: str
    number: int


@dataclass(frozen=True)
class Fence:
    """A fenced block: the first word of its info string, what is inside, its whole source, its first line."""

    info: str
    body: str
    source: str
    line: int
    closed: bool


def split(text: str, first_line: int = 1) -> Iterator[Line | Fence]:
    """Cut a text into lines and fences, in order; a fence that is never closed runs to the end."""
    lines = text.split("\n")
    position = 0
    while position < len(lines):
        opening = _OPENING.match(lines[position])
        if opening is None:
            yield Line(lines[position], first_line + position)
            position += 1
        else:
            fence = _fence(lines, position, opening, first_line)
            yield fence
            position += fence.source.count("\n") + 1


def is_heading(part: Line | Fence) -> bool:
    """Whether a page begins here."""
    return isinstance(part, Line) and (part.text.startswith("## ") or part.text.rstrip() == "##")


def _fence(lines: list[str], start: int, opening: re.Match[str], first_line: int) -> Fence:
    closing = re.compile(rf" *{opening['mark']}{opening['mark'][0]}*\s*$")
    end = next((i for i in range(start + 1, len(lines)) if closing.match(lines[i])), None)
    inside = lines[start + 1 : end]
    source = lines[start : None if end is None else end + 1]
    info = (opening["info"].split() or [""])[0]
    return Fence(info, "\n".join(inside), "\n".join(source), first_line + start, end is not None)

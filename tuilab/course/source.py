"""The source of a lesson: its text, its front matter, and where its body begins."""

import re
from dataclasses import dataclass
from pathlib import Path

from tuilab.course.lesson import LessonError

NO_PAGE = "The lesson has no page; a page begins with ##."
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all but tab and newline
_KEYS = ("title", "summary", "minutes")


@dataclass(frozen=True)
class Source:
    """The front matter of a lesson file, its body, and the number of the body's first line."""

    title: str
    summary: str
    minutes: int
    body: str
    first_line: int


def file_name(path: Path) -> str:
    """Name a lesson's file as mistakes name it: within the folder of lessons."""
    return f"{path.parent.name}/{path.name}"


def read_source(path: Path) -> Source:
    """Read a lesson's file. Raises LessonError for the file itself and its front matter."""
    file = file_name(path)
    lines = _text(path, file).split("\n")
    if lines[0].rstrip() != "---":
        raise LessonError(file, 1, "The lesson does not begin with front matter between two lines of ---.")
    end = next((i for i, line in enumerate(lines) if i and line.rstrip() == "---"), None)
    if end is None:
        raise LessonError(file, 1, "The front matter is not ended by a line of ---.")
    values = _front_matter(lines[1:end], file)
    body = "\n".join(lines[end + 1 :])
    return Source(values["title"], values["summary"], int(values["minutes"]), body, end + 2)


def _text(path: Path, file: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LessonError(file, 1, f"The lesson cannot be read: {error.strerror}.") from None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise LessonError(file, line, "The text is not UTF-8.") from None
    if control := _CONTROL.search(text):
        line, code = text.count("\n", 0, control.start()) + 1, ord(control[0])
        raise LessonError(file, line, f"A control character stands here, U+{code:04X}; take it out.")
    return text


def _front_matter(lines: list[str], file: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, line in enumerate(lines, start=2):
        if line.strip():
            key, value = _entry(line, number, file)
            if key in values:
                raise LessonError(file, number, f"{key!r} stands twice in the front matter.")
            values[key] = value
    for key in _KEYS:
        if key not in values:
            raise LessonError(file, 1, f"The front matter has no {key!r}.")
    return values


def _entry(line: str, number: int, file: str) -> tuple[str, str]:
    key, colon, value = (part.strip() for part in line.partition(":"))
    if not colon:
        raise LessonError(file, number, "Front matter is written as key: value, one to a line.")
    if key not in _KEYS:
        raise LessonError(file, number, f"There is no key {key!r} here. There are: {', '.join(_KEYS)}.")
    if not value:
        raise LessonError(file, number, f"{key!r} has no value.")
    if key == "minutes" and not re.fullmatch(r"[1-9][0-9]{0,2}", value):
        raise LessonError(file, number, f"minutes is a whole number from 1 to 999, not {value!r}.")
    return key, value

"""Numbers stated in prose, each marked by a comment behind it, which a code-hosting site does not show.

    21<!-- = 1+2+3+4+5+6 -->                               arithmetic: it is what the expression gives, to its digits
    2.125<!-- lab: neuron | rows[2].y -->                  live: filled in by the experiment, at a path of its answer
    1, 3, 6<!-- lab: neuron w_y=1 | rows[*].y -->          the same for a list
    0.05<!-- test: test_lesson_1_finds_add_one -->         a range, or what training gives: that test confirms it
    0.5<!-- given -->                                      a number that is set or asked for, and claims nothing

What is not marked can be told soundly of decimal fractions only: 0.05 in a sentence is hardly ever anything but a
claim, 6 may be the number of a lesson. Formulas, code and blocks of text are not looked into.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from tuilab.course.arithmetic import evaluate
from tuilab.course.formulas import without_code
from tuilab.course.paths import PathError, steps, value_at

Kind = Literal["=", "lab", "test", "given"]
_NUMBER = r"(?<![\w.,])[-−]?\d+(?:,\d{3})*(?:\.\d+)?"
_COMMENT = re.compile(r"<!--(?P<inside>.*?)-->", re.DOTALL)
_BEFORE = re.compile(rf"(?:{_NUMBER}(?:,\s+|\s+and\s+))*(?P<last>{_NUMBER})\Z")
_EACH = re.compile(_NUMBER)
_DECIMAL = re.compile(r"(?<![\w.,])[-−]?\d+\.\d+(?![\w.]*\w)")
_EVERY = "[*]"
_HOLES = 0xE000  # the first of the characters that stand for live numbers while formulas are converted
USAGE = "a number's comment is <!-- = 1+2 -->, <!-- lab: SPELLING | PATH -->, <!-- test: NAME --> or <!-- given -->"


class MarkError(ValueError):
    """A mark that cannot be read, or a number that is not what it says; the text is one sentence."""


class Mark(NamedTuple):
    """Numbers as they are written, what they are, and by what: an expression, a spelling, or the name of a test."""

    kind: Kind
    numbers: tuple[str, ...]
    by: str
    path: str
    line: int


class Marked(NamedTuple):
    """A text without its comments, live numbers replaced by holes; its marks; what is wrong, by lines."""

    text: str
    marks: list[Mark]
    mistakes: list[tuple[int, str]]


def read_marks(text: str, line: int, holes: int = 0) -> Marked:
    """Take the comments out of a text that begins at a line of its file; so many `holes` come before it."""
    parts: list[str] = []
    marks: list[Mark] = []
    mistakes: list[tuple[int, str]] = []
    end = 0
    for comment in _COMMENT.finditer(text):
        before, at = text[end : comment.start()], line + text.count("\n", 0, comment.start())
        end = comment.end()
        try:
            kind, by, path = _inside(comment["inside"].strip())
            mark = _mark(before, kind, by, path, at)
        except MarkError as error:
            mistakes.append((at, str(error)))
            parts.append(before)
            continue
        marks.append(mark)
        if kind == "lab":
            before, holes = _pierced(before, len(mark.numbers), holes)
        parts.append(before)
    return Marked("".join((*parts, text[end:])), marks, mistakes)


def _inside(inside: str) -> tuple[Kind, str, str]:
    if inside == "given":
        return "given", "", ""
    if inside.startswith("="):
        return "=", inside[1:].strip(), ""
    word, colon, rest = inside.partition(":")
    spelling, bar, path = (part.strip() for part in rest.partition("|"))
    if word == "test" and colon and spelling.isidentifier():
        return "test", spelling, ""
    if word == "lab" and bar and path:
        return "lab", _checked(" ".join(spelling.split())), path
    raise MarkError(f"{USAGE}, not {inside!r}.")


def _checked(spelling: str) -> str:
    from tuilab.labs.spelling import SpellingError, parse

    try:
        parse(spelling)
    except SpellingError as error:
        raise MarkError(str(error)) from None
    return spelling


def _mark(before: str, kind: Kind, by: str, path: str, line: int) -> Mark:
    found = _BEFORE.search(before)
    if found is None:
        raise MarkError("This comment stands behind no number.")
    try:
        for part in path.split(_EVERY) if path else ():
            steps(f"_{part}" if part[:1] in (".", "[") else part or "_")
    except PathError as error:
        raise MarkError(str(error)) from None
    numbers = tuple(_EACH.findall(found[0])) if _EVERY in path else (found["last"],)
    mark = Mark(kind, numbers, by, path, line)
    if kind == "=":
        _check_arithmetic(mark)
    return mark


def _check_arithmetic(mark: Mark) -> None:
    try:
        value = evaluate(mark.by)
    except ValueError as error:
        raise MarkError(str(error)) from None
    if not agrees(mark.numbers[0], value):
        raise MarkError(f"{mark.numbers[0]} is not {mark.by}, which is {value:.10g}.")


def _pierced(text: str, count: int, holes: int) -> tuple[str, int]:
    """The text with its last numbers replaced by holes, and how many holes there are then."""
    last = list(_EACH.finditer(text))[-count:]
    for place, match in reversed(list(enumerate(last, start=holes))):
        text = text[: match.start()] + chr(_HOLES + place) + text[match.end() :]
    return text, holes + count


def filled(text: str, numbers: Sequence[str]) -> str:
    """A text with its holes filled."""
    for place, number in enumerate(numbers):
        text = text.replace(chr(_HOLES + place), number)
    return text


def agrees(written: str, value: float) -> bool:
    """Whether a number as it is written is this value: to its last digit, and exactly where it is whole."""
    decimals = len(written.partition(".")[2])
    given = float(written.replace("−", "-").replace(",", ""))
    return abs(given - value) <= (0.5000001 * 10.0**-decimals if decimals else 1e-6 * max(1.0, abs(value)))


def like(written: str, value: float) -> str:
    """A value with as many digits as a number that is written."""
    decimals = len(written.partition(".")[2])
    text = f"{value:{',' if ',' in written else ''}.{decimals}f}"
    return text.replace("-", "−") if text.strip("-0.,") else text.lstrip("-")


def live_values(mark: Mark, answer: Any) -> list[float]:
    """The values of live numbers in the answer to their experiment. Raises PathError."""
    head, every, tail = mark.path.partition(_EVERY)
    found = value_at(answer, head)
    values = [value_at({"_": each}, f"_{tail}") for each in found] if every else [found]
    if len(values) != len(mark.numbers):
        raise PathError(f"{mark.path} gives {len(values)} numbers; {len(mark.numbers)} are written.")
    for value in values:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise PathError(f"{mark.path} is not a number.")
    return values


def live_numbers(mark: Mark, answer: Any) -> list[str]:
    """Live numbers as their experiment gives them, written as they are. Raises PathError."""
    return [like(written, value) for written, value in zip(mark.numbers, live_values(mark, answer), strict=True)]


def check_mark(mark: Mark, ask: Callable[[str], Any], tests: str | None) -> str | None:
    """What is wrong with a mark, a sentence; `tests` is the text of all tests of lessons, None where there is none."""
    if mark.kind == "test" and tests is not None and f"def {mark.by}(" not in tests:
        return f"There is no test {mark.by} in tests/lessons."
    if mark.kind != "lab":
        return None
    try:
        values = live_values(mark, ask(mark.by))
    except Exception as error:  # whatever an experiment fails of, the lesson's author is told of it
        return f"{mark.by} | {mark.path}: {str(error).rstrip('.')}."
    pairs = zip(mark.numbers, values, strict=True)
    wrong = next(((written, value) for written, value in pairs if not agrees(written, value)), None)
    return f"{wrong[0]} is not {mark.path} of {mark.by}, which is {wrong[1]:.7g}." if wrong else None


def unmarked(text: str, line: int) -> Iterator[tuple[int, str]]:
    """Decimal fractions of a text that carry no mark, with their lines."""
    bare = without_code(text)
    for comment in reversed(list(_COMMENT.finditer(bare))):
        found = _BEFORE.search(bare, 0, comment.start())
        group = 0 if _EVERY in comment["inside"] else "last"
        start = found.start(group) if found else comment.start()
        bare = bare[:start] + re.sub(r"[^\n]", " ", bare[start : comment.end()]) + bare[comment.end() :]
    for match in _DECIMAL.finditer(bare):
        yield line + bare.count("\n", 0, match.start()), match[0]


def fill_in(template: str, live: Sequence[Mark], answers: Mapping[str, Any]) -> str:
    """A text with its holes filled by the answers to their experiments; as it is written where one does not fit."""
    numbers: list[str] = []
    for mark in live:
        try:
            numbers += live_numbers(mark, answers[mark.by])
        except PathError:
            numbers += mark.numbers
    return filled(template, numbers)

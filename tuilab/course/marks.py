"""Numbers stated in prose, each marked by a comment behind it, which a code-hosting site does not show.

    21<!-- = 1+2+3+4+5+6 -->                               arithmetic: it is what the expression gives, to its digits
    2.125<!-- lab: neuron | rows[2].y -->                  live: filled in by the experiment, at a path of its answer
    1, 3, 6<!-- lab: neuron w_y=1 | rows[*].y -->          the same for a list
    0.05<!-- test: test_lesson_1_finds_add_one -->         a range, or what training gives: that test confirms it,
                                                           and the very number stands in it; a list before it too
    0.5<!-- given -->                                      a number that is set or asked for, and claims nothing

`test` and `given` also stand behind formulas, code and blocks of text, for all claims in them, and `test` behind
a share in words, a millionth<!-- test: test_it -->. The texts of questions and the titles of pages are marked likewise.
What is not marked is told by `numbers.claims`; small whole numbers and words are left to the author's eye.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from tuilab.course.arithmetic import evaluate
from tuilab.course.evidence import Tests, unconfirmed
from tuilab.course.formulas import formulas
from tuilab.course.numbers import NUMBER, PERCENT, agrees, claims, like
from tuilab.course.paths import PathError, steps, value_at

Kind = Literal["=", "lab", "test", "given"]
_COMMENT = re.compile(r"<!--(?P<inside>.*?)-->", re.DOTALL)
_BEFORE = re.compile(rf"(?:{NUMBER}(?:,\s+|\s+and\s+))*(?P<last>{NUMBER})(?:{PERCENT})?\Z")
_CODE = re.compile(r"(?P<ticks>`+|\$\$?)(?P<inside>[^`$]+)(?P=ticks)\n?\Z")
_EACH = re.compile(NUMBER)
_PERCENT = re.compile(PERCENT)
_CLAIMING = re.compile(r"\b(?:below|above|under|within|at least|at most|(?:more|less|fewer) than)\s+\Z", re.IGNORECASE)
_LINES = re.compile(r"[^\n]+")
_EVERY = "[*]"
_HOLES = 0xF0000  # first of the characters that stand for live numbers while formulas, which use others, are converted
USAGE = (
    "a number's comment is <!-- = 1+2 -->, <!-- lab: SPELLING | PATH -->, <!-- test: test_NAME --> or <!-- given -->"
)


class MarkError(ValueError):
    """A mark that cannot be read, or a number that is not what it says; the text is one sentence."""


class Mark(NamedTuple):
    """Numbers as they are written, what they are, and by what: an expression, a spelling, or the name of a test."""

    kind: Kind
    numbers: tuple[str, ...]
    by: str
    path: str
    line: int
    percent: bool = False


class Marked(NamedTuple):
    """A text without its comments, live numbers replaced by holes; its marks; what is wrong, by lines.

    `bare` is the text without the numbers that are marked, on the same lines.
    """

    text: str
    marks: list[Mark]
    mistakes: list[tuple[int, str]]
    bare: str


def read_marks(text: str, line: int, holes: int = 0) -> Marked:
    """Take the comments out of a text that begins at a line of its file; so many `holes` come before it."""
    parts: list[str] = []
    bare: list[str] = []
    marks: list[Mark] = []
    mistakes: list[tuple[int, str]] = []
    inside = formulas(text)
    end = 0
    for comment in _COMMENT.finditer(text):
        before, at = text[end : comment.start()], line + text.count("\n", 0, comment.start())
        end = comment.end()
        parts.append(before)
        bare.append(before + _LINES.sub(" ", comment[0]))
        try:
            if any(start < comment.start() < stop for start, stop in inside):
                raise MarkError(f"{comment[0]} stands inside a formula; put the number and its mark beside it.")
            kind, by, path = _inside(comment["inside"].strip())
            start, numbers = _marked(before, kind, path)
            mark = Mark(kind, numbers, by, path, at, before.endswith("%") or bool(_PERCENT.match(text, end)))
            _check_arithmetic(mark)
        except MarkError as error:
            mistakes.append((at, str(error)))
            continue
        marks.append(mark)
        bare[-1] = before[:start] + _LINES.sub(" ", before[start:] + comment[0])
        if kind == "lab":
            parts[-1], holes = _pierced(before, len(mark.numbers), holes)
    return Marked("".join((*parts, text[end:])), marks, mistakes, "".join((*bare, text[end:])))


def _inside(inside: str) -> tuple[Kind, str, str]:
    if inside == "given":
        return "given", "", ""
    if inside.startswith("="):
        return "=", inside[1:].strip(), ""
    word, _, rest = inside.partition(":")
    spelling, bar, path = (part.strip() for part in rest.partition("|"))
    if word == "test" and spelling.isidentifier() and spelling.startswith("test_"):
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


def _marked(before: str, kind: Kind, path: str) -> tuple[int, tuple[str, ...]]:
    """Where that begins which a mark behind a text is for, and its numbers."""
    try:
        for part in path.split(_EVERY) if path else ():
            steps(f"_{part}" if part[:1] in (".", "[") else part or "_")
    except PathError as error:
        raise MarkError(str(error)) from None
    if found := _BEFORE.search(before):
        if _EVERY in path or kind == "test":
            return found.start(), tuple(_EACH.findall(found[0]))
        if kind == "given" and (claiming := _CLAIMING.search(before, 0, found.start("last"))):
            raise MarkError(
                f"{' '.join(claiming[0].split())} {found['last']} claims something; name a lab or a test for it."
            )
        return found.start("last"), (found["last"],)
    if kind in ("test", "given") and (code := _CODE.search(before)):
        return code.start(), tuple(claim["number"] for claim in claims(code["inside"]))
    if kind == "test" and before[-1:].isalpha():
        return len(before), ()
    raise MarkError("This comment stands behind no number.")


def _check_arithmetic(mark: Mark) -> None:
    if mark.kind != "=":
        return
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


def check_mark(mark: Mark, ask: Callable[[str], Any], tests: Tests | None) -> str | None:
    """What is wrong with a mark, a sentence; `tests` are those of lessons, None where there are none."""
    if mark.kind == "test" and tests is not None:
        return unconfirmed(mark.by, mark.numbers, mark.percent, tests)
    if mark.kind != "lab":
        return None
    try:
        values = live_values(mark, ask(mark.by))
    except Exception as error:  # whatever an experiment fails of, the lesson's author is told of it
        return f"{mark.by} | {mark.path}: {str(error).rstrip('.')}."
    pairs = zip(mark.numbers, values, strict=True)
    wrong = next(((written, value) for written, value in pairs if not agrees(written, value)), None)
    return f"{wrong[0]} is not {mark.path} of {mark.by}, which is {wrong[1]:.7g}." if wrong else None


def unmarked(bare: str, line: int) -> Iterator[tuple[int, str]]:
    """The claims of a text whose marked numbers are taken out, with their lines."""
    return ((line + bare.count("\n", 0, claim.start()), claim[0]) for claim in claims(bare))


def fill_in(template: str, live: Sequence[Mark], answers: Mapping[str, Any]) -> str:
    """A text with its holes filled by the answers to their experiments; as it is written where one does not fit."""
    numbers: list[str] = []
    for mark in live:
        try:
            numbers += live_numbers(mark, answers[mark.by])
        except PathError:
            numbers += mark.numbers
    return filled(template, numbers)

"""Cuts the text of a lesson into pages, and pages into prose, labs and quizzes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tuilab.course.blocks import READERS, Block, read_block
from tuilab.course.fences import Fence, Line, is_heading, split
from tuilab.course.formulas import plain_formulas, unicode_formulas
from tuilab.course.lesson import LessonError, Page, PredictBlock, Prose, QuizBlock, Segment
from tuilab.course.marks import Mark, Marked, filled, read_marks, unmarked
from tuilab.course.source import NO_PAGE, file_name, read_source
from tuilab.course.toml import BlockError

_NO_TEXT = re.compile(
    r"^\s*(?!(?:ask|why|hints|text)\b)\w+\s*=.*", re.MULTILINE
)  # lines of blocks not read by learners


@dataclass
class _Sheet:
    """A page before it is cut: its heading, and the lines and fences under it. The first has no heading."""

    heading: Line
    parts: list[Line | Fence] = field(default_factory=list)


def cut(path: Path, quizzes: dict[str, str] | None = None) -> tuple[tuple[Page, ...], list[LessonError]]:
    """Cut a lesson's file into pages, and list its mistakes; blocks that have one are left out.

    `quizzes` says where the ids of other lessons' quizzes stand; this lesson's are added to it.
    """
    file = file_name(path)
    try:
        source = read_source(path)
    except LessonError as error:
        return (), [error]
    before, *sheets = _sheets(source.body, source.first_line)
    cutting = _Cutting(file, {} if quizzes is None else quizzes, _strays(before, file))
    pages = tuple(cutting.page(sheet) for sheet in sheets)
    if not pages and not cutting.mistakes:
        cutting.mistakes.append(LessonError(file, source.first_line, NO_PAGE))
    return pages, cutting.mistakes


def _sheets(body: str, first_line: int) -> list[_Sheet]:
    sheets = [_Sheet(Line("", first_line))]
    for part in split(body, first_line):
        if isinstance(part, Line) and is_heading(part):
            sheets.append(_Sheet(part))
        else:
            sheets[-1].parts.append(part)
    return sheets


def _strays(before: _Sheet, file: str) -> list[LessonError]:
    """Say what stands before the first page, where only the lesson's title may stand."""
    for part in before.parts:
        number, text = (part.line, "fence") if isinstance(part, Fence) else (part.number, part.text.strip())
        if text and not text.startswith("# "):
            return [LessonError(file, number, "This stands before the first page; a page begins with ##.")]
    return []


@dataclass
class _Cutting:
    file: str
    quizzes: dict[str, str]
    mistakes: list[LessonError]
    marks: list[Mark] = field(default_factory=list)
    unmarked: list[tuple[int, str]] = field(default_factory=list)

    def page(self, sheet: _Sheet) -> Page:
        self.marks, self.unmarked = [], []
        title = plain_formulas(self._stripped(sheet.heading.text[2:].strip(), sheet.heading.number))
        if not title:
            self._note(sheet.heading.number, "The page has no title.")
        segments = tuple(self._segments(sheet.parts))
        return Page(title, segments, sheet.heading.number, tuple(self.marks), tuple(self.unmarked))

    def _segments(self, parts: list[Line | Fence]) -> Iterator[Segment]:
        text: list[str] = []
        first = 0
        for part in parts:
            first = first if text else _line(part)
            if isinstance(part, Line):
                text.append(part.text)
            elif part.info not in READERS:
                text.append(part.source)
            else:
                yield from self._prose(text, first)
                text = []
                yield from self._block(part)
        yield from self._prose(text, first)

    def _prose(self, lines: list[str], first: int) -> Iterator[Prose]:
        """Text without the comments that mark its numbers, those of experiments with holes to be filled."""
        marked = self._read("\n".join(lines), first)
        text = marked.text.strip("\n")
        live = tuple(mark for mark in marked.marks if mark.kind == "lab")
        if text.strip():
            template = unicode_formulas(text)
            yield Prose(_as_written(template, live), live, template if live else "")

    def _stripped(self, text: str, first: int, keys: bool = False) -> str:
        """A text that is no prose without its comments: its numbers stay as they are written, which is checked."""
        marked = self._read(text, first, keys)
        return _as_written(marked.text, marked.marks)

    def _read(self, text: str, first: int, keys: bool = False) -> Marked:
        marked = read_marks(text, first)
        for line, sentence in marked.mistakes:
            self._note(line, sentence)
        self.marks += marked.marks
        self.unmarked += unmarked(_NO_TEXT.sub("", marked.bare) if keys else marked.bare, first)
        return marked

    def _block(self, fence: Fence) -> Iterator[Block]:
        try:
            block = read_block(replace(fence, body=self._stripped(fence.body, fence.line + 1, keys=True)))
        except BlockError as mistake:
            self._note(mistake.line, str(mistake))
            return
        if isinstance(block, QuizBlock | PredictBlock):
            place = f"{self.file}, line {block.line}"
            first = self.quizzes.setdefault(block.id, place)
            if first != place:
                self._note(block.line, f"There is a quiz with the id {block.id!r} already: {first}.")
        yield block

    def _note(self, line: int, sentence: str) -> None:
        self.mistakes.append(LessonError(self.file, line, sentence))


def _line(part: Line | Fence) -> int:
    return part.line if isinstance(part, Fence) else part.number


def _as_written(template: str, marks: Sequence[Mark]) -> str:
    return filled(template, [number for mark in marks if mark.kind == "lab" for number in mark.numbers])

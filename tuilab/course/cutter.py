"""Cuts the text of a lesson into pages, and pages into prose, labs and quizzes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tuilab.course.blocks import READERS, read_block
from tuilab.course.fences import Fence, Line, is_heading, split
from tuilab.course.formulas import plain_formulas, unicode_formulas
from tuilab.course.lesson import LabBlock, LessonError, Page, PredictBlock, Prose, QuizBlock, Segment
from tuilab.course.marks import Mark, filled, read_marks, unmarked
from tuilab.course.source import NO_PAGE, file_name, read_source
from tuilab.course.toml import BlockError


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
        title = sheet.heading.text[2:].strip()
        if not title:
            self._note(sheet.heading.number, "The page has no title.")
        self.marks, self.unmarked = [], []
        segments = tuple(self._segments(sheet.parts))
        title = plain_formulas(title)
        return Page(title, segments, sheet.heading.number, tuple(self.marks), tuple(self.unmarked))

    def _segments(self, parts: list[Line | Fence]) -> Iterator[Segment]:
        prose: list[str] = []
        live: list[Mark] = []
        text: list[Line] = []
        for part in parts:
            if isinstance(part, Line):
                text.append(part)
                continue
            prose, text = prose + self._read(text, live), []
            if part.info not in READERS:
                prose.append(part.source)
            else:
                yield from _prose(prose, live)
                prose, live = [], []
                yield from self._block(part)
        yield from _prose(prose + self._read(text, live), live)

    def _read(self, lines: list[Line], live: list[Mark]) -> list[str]:
        """Lines between fences without the comments that mark their numbers; the marks of live ones are added."""
        if not lines:
            return []
        text, first = "\n".join(line.text for line in lines), lines[0].number
        marked = read_marks(text, first, sum(len(mark.numbers) for mark in live))
        for line, sentence in marked.mistakes:
            self._note(line, sentence)
        live += [mark for mark in marked.marks if mark.kind == "lab"]
        self.marks += marked.marks
        self.unmarked += unmarked(text, first)
        return [marked.text]

    def _block(self, fence: Fence) -> Iterator[LabBlock | QuizBlock | PredictBlock]:
        try:
            block = read_block(fence)
        except BlockError as mistake:
            self._note(mistake.line, str(mistake))
            return
        if not isinstance(block, LabBlock):
            place = f"{self.file}, line {block.line}"
            first = self.quizzes.setdefault(block.id, place)
            if first != place:
                self._note(block.line, f"There is a quiz with the id {block.id!r} already: {first}.")
        yield block

    def _note(self, line: int, sentence: str) -> None:
        self.mistakes.append(LessonError(self.file, line, sentence))


def _prose(parts: list[str], live: list[Mark]) -> Iterator[Prose]:
    text = "\n".join(parts).strip("\n")
    if text.strip() and not live:
        yield Prose(unicode_formulas(text))
    elif text.strip():
        template = unicode_formulas(text)
        written = [number for mark in live for number in mark.numbers]
        yield Prose(filled(template, written), tuple(live), template)

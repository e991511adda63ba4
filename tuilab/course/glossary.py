"""The glossary: every symbol and term of the course, with the page and the lab where it lives."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tuilab.course.fences import Fence
from tuilab.course.lesson import LabBlock, Lesson, LessonError, Page, Prose
from tuilab.course.toml import BlockError, Table, read_table

FILE = "glossary.toml"
LONGEST_SYMBOL = 3  # letters
_KEYS = {"term": str, "also": list, "means": str, "lesson": int, "page": str, "lab": str}


@dataclass(frozen=True)
class Entry:
    """A term and its other names, what it means, the page and the lab where it lives, and its line in the file."""

    term: str
    also: tuple[str, ...]
    means: str
    lesson: int
    page: str
    lab: str
    line: int

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return (self.term, *self.also)

    @property
    def where(self) -> str:
        """Where it lives, in words."""
        return f"lesson {self.lesson}, {self.page}; lab {self.lab}"


def read_glossary(folder: Path) -> tuple[list[Entry], list[LessonError]]:
    """Read the glossary in a folder of lessons, without the entries that have a mistake, and these mistakes."""
    try:
        text = (folder / FILE).read_text("utf-8")
    except FileNotFoundError:
        return [], []
    except (OSError, UnicodeDecodeError):
        return [], [LessonError(FILE, 1, "The glossary cannot be read as UTF-8 text.")]
    whole = Fence("glossary", text, text, 0, True)
    try:
        tables = read_table(whole, {"term": list}).values.get("term", [])
    except BlockError as error:
        return [], [LessonError(FILE, error.line, str(error))]
    begins = [number for number, line in enumerate(text.split("\n"), start=1) if re.match(r"\s*\[\[term\]\]", line)]
    entries: list[Entry] = []
    mistakes: list[LessonError] = []
    for place, values in enumerate(tables):
        try:
            entries.append(_entry(values, whole, begins[place] if place < len(begins) else 1))
        except BlockError as error:
            mistakes.append(LessonError(FILE, error.line, str(error)))
    return entries, mistakes


def _entry(values: Any, whole: Fence, line: int) -> Entry:
    if not isinstance(values, dict):
        raise BlockError(line, "Each term is a table under its own [[term]].")
    table = Table("term", values, _KEYS, whole, before=line)
    table.need("term", "means", "lesson", "page", "lab")
    also = values.get("also", [])
    if not all(isinstance(name, str) and name for name in also):
        raise table.mistake("also", "also is a list of texts in quotes.")
    table.check_spelling("lab")
    return Entry(values["term"], tuple(also), values["means"], values["lesson"], values["page"], values["lab"], line)


def place_of(entry: Entry, lessons: Sequence[Lesson]) -> tuple[Lesson, int] | None:
    """The lesson and page, counted from 0, where a term lives; None where they are not there. Raises LessonError."""
    lesson = next((lesson for lesson in lessons if lesson.number == entry.lesson), None)
    titles = [page.title for page in lesson.pages()] if lesson else []
    return (lesson, titles.index(entry.page)) if lesson and entry.page in titles else None


def look_up(entries: Sequence[Entry], wanted: str) -> list[Entry]:
    """The entries for what is wanted: by a whole name first, then by a part of one, then by their meaning."""
    wanted = wanted.strip()
    low = wanted.lower()
    ranked = [(_rank(entry, wanted, low), place, entry) for place, entry in enumerate(entries)]
    return [entry for rank, _, entry in sorted(ranked, key=lambda each: each[:2]) if rank < _NO]


def best(entries: Sequence[Entry], wanted: str) -> list[Entry]:
    """Only those entries that fit best: of those with the very name, or else a part of it, or else in their meaning."""
    found = look_up(entries, wanted)
    ranks = [_rank(entry, wanted.strip(), wanted.strip().lower()) for entry in found]
    return [entry for entry, rank in zip(found, ranks, strict=True) if rank == ranks[0]]


_NO = 5


def _rank(entry: Entry, wanted: str, low: str) -> int:
    names = [name.lower() for name in entry.names]
    found = (wanted in entry.names, low in names, any(name.startswith(low) for name in names))
    parts = (any(low in name for name in names), low in entry.means.lower())
    return next((rank for rank, holds in enumerate((*found, *parts)) if holds), _NO)


def check_entries(entries: Sequence[Entry], lessons: Sequence[Lesson]) -> Iterator[LessonError]:
    """Say which entries stand twice, or name a page that is not there, has not the term, or has another lab."""
    seen: set[str] = set()
    for entry in entries:
        if entry.term in seen:
            yield LessonError(FILE, entry.line, f"{entry.term!r} stands twice in the glossary.")
        seen.add(entry.term)
        try:
            place = place_of(entry, lessons)
        except LessonError:
            continue  # the lesson's own mistake is told already
        if place is None:
            yield LessonError(FILE, entry.line, f"{entry.term}: lesson {entry.lesson} has no page {entry.page!r}.")
        else:
            sentences = _mistakes(entry, place[0].pages()[place[1]])
            yield from (LessonError(FILE, entry.line, f"{entry.term}: {sentence}") for sentence in sentences)


def _mistakes(entry: Entry, page: Page) -> Iterator[str]:
    """What a page does not hold of what an entry says of it; one without a lab leaves the lab to the entry."""
    text = " ".join(_words(page).split())
    if not any(_occurs(name, text) for name in entry.names):
        yield f"the page {entry.page!r} does not have this term, nor another of its names."
    labs = {part.spelling.split()[0] for part in page.segments if isinstance(part, LabBlock)}
    if labs and entry.lab.split()[0] not in labs:
        yield f"the page {entry.page!r} has the lab {', '.join(sorted(labs))}, not {entry.lab.split()[0]}."


def _words(page: Page) -> str:
    """What is read on a page, without the signs of Markdown, and how its labs and questions are spelled."""
    prose = (re.sub(r"[\\*`]", "", part.text) for part in page.segments if isinstance(part, Prose))
    others = (repr(part) for part in page.segments if not isinstance(part, Prose))
    return "\n".join((page.title, *prose, *others))


def _occurs(name: str, text: str) -> bool:
    """Whether a name stands in a text: a symbol by itself or with an index, a word perhaps with an ending."""
    if len(name) > LONGEST_SYMBOL:
        return re.search(rf"(?<!\w){re.escape(name)}", text, re.IGNORECASE) is not None
    return re.search(rf"(?<!\w){re.escape(name)}(?![a-zA-Z0-9])", text) is not None

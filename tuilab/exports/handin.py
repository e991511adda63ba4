"""What a learner hands in to a teacher: one JSON file with lessons, answers, hints used, and runs by their spelling."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

import tuilab
from tuilab.course.exercises import read_exercises
from tuilab.course.lesson import Lesson, LessonError, PredictBlock, QuizBlock
from tuilab.course.reader import lessons_folder
from tuilab.records.entries import Answered, Entry, Hinted, Predicted
from tuilab.records.folders import exercises_folder
from tuilab.records.history import history
from tuilab.records.progress import Progress
from tuilab.records.shelf import Row, rows
from tuilab.records.worksheets import worksheet

KIND, FORMAT = "tuilab hand-in", 1
_LARGEST, _MOST_WRITTEN = 64 << 20, 1 << 18


class HandInError(Exception):
    """A file that is no hand-in; the text is a sentence."""


class Question(msgspec.Struct, frozen=True):
    """A question that was answered, or a number that was predicted: the last answer, and what led to it.

    `wrong` counts the wrong answers there ever were, `hints` the hints that were seen, of three.
    """

    id: str
    page: int
    ask: str
    given: str
    right: bool
    time: str
    wrong: int = 0
    hints: int = 0
    predicted: bool = False


class Taken(msgspec.Struct, frozen=True):
    """A lesson, as far as it was taken."""

    name: str
    number: int
    title: str
    pages: int
    seen: list[int]
    minutes: float
    asked: int
    questions: list[Question]

    @property
    def right(self) -> int:
        """How many questions were answered rightly in the end."""
        return sum(each.right for each in self.questions if not each.predicted)


class Trained(msgspec.Struct, frozen=True):
    """A run: its spelling gives it again."""

    spelling: str
    began: str
    fate: str
    steps: int
    loss: float | None
    seconds: float | None
    title: str = ""
    notes: str = ""


class Written(msgspec.Struct, frozen=True):
    """An exercise that was begun: whether it was solved, what was seen of hints and solution, and what was written."""

    name: str
    solved: bool
    hints: int
    solution: bool
    text: str


class HandIn(msgspec.Struct, frozen=True):
    """The whole of it."""

    kind: str
    format: int
    learner: str
    made: str
    version: str
    lessons: list[Taken]
    runs: list[Trained]
    exercises: list[Written] = []


def hand_in(data: Path, lessons: Iterable[Lesson], learner: str = "") -> HandIn:
    """Gather it from a learner's record. Raises OSError."""
    entries, progress = list(history(data)), Progress(data)
    taken = [_taken(lesson, entries, progress) for lesson in lessons]
    made = datetime.now(UTC).isoformat(timespec="seconds")
    runs = [_trained(row) for row in rows(data / "runs")]
    begun = [each for each in taken if each is not None]
    return HandIn(KIND, FORMAT, learner, made, tuilab.__version__, begun, runs, list(_written(progress)))


def written(handed: HandIn) -> bytes:
    """The file."""
    return msgspec.json.format(msgspec.json.encode(handed), indent=1) + b"\n"


def read_hand_in(path: Path) -> HandIn:
    """Read one. Raises HandInError, OSError."""
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    try:
        if len(content) > _LARGEST:
            raise ValueError
        handed = msgspec.json.decode(content, type=HandIn)
    except (ValueError, RecursionError):
        handed = None
    if handed is None or handed.kind != KIND:
        raise HandInError(f"{path} is no hand-in; tuilab records hand-in --to FILE writes one.")
    if handed.format != FORMAT:
        raise HandInError(f"{path} was written by a newer tuilab, {handed.version}; take that to read it.")
    return handed


def _taken(lesson: Lesson, entries: Sequence[Entry], progress: Progress) -> Taken | None:
    seen, places = sorted(progress.pages(lesson.name)), _places(lesson)
    questions = _questions(lesson.name, entries, places)
    if not seen and not questions:
        return None
    minutes = round(progress.seconds(lesson.name) / 60, 1)
    return Taken(
        lesson.name, lesson.number, lesson.title, lesson.page_count, seen, minutes, lesson.quiz_count, questions
    )


def _questions(lesson: str, entries: Sequence[Entry], places: dict[str, tuple[int, str]]) -> list[Question]:
    last: dict[str, Answered | Predicted] = {}
    wrong: dict[str, int] = {}
    hints: dict[str, int] = {}
    for entry in entries:
        if isinstance(entry, Hinted):
            hints[entry.hint] = max(entry.step, hints.get(entry.hint, 0))
        elif isinstance(entry, Answered | Predicted):
            name = entry.quiz if isinstance(entry, Answered) else entry.predict
            last[name] = entry
            wrong[name] = wrong.get(name, 0) + (not entry.right)
    found = []
    for name, entry in last.items():
        if name.startswith(f"{lesson}/"):
            id = name.partition("/")[2]
            page, ask = places.get(id, (0, ""))
            predicted = isinstance(entry, Predicted)
            found.append(
                Question(
                    id, page, ask, entry.given, entry.right, entry.time, wrong[name], hints.get(name, 0), predicted
                )
            )
    return sorted(found, key=lambda question: question.page)


def _places(lesson: Lesson) -> dict[str, tuple[int, str]]:
    """The page of each question of a lesson, and what it asks; of one that has a mistake, none."""
    try:
        pages = lesson.pages()
    except LessonError:
        return {}
    found = {}
    for number, page in enumerate(pages, 1):
        for segment in page.segments:
            question = segment.question if isinstance(segment, PredictBlock) else segment
            if isinstance(question, QuizBlock):
                found[question.id] = number, question.ask
    return found


def _written(progress: Progress) -> Iterator[Written]:
    for exercise in read_exercises(lessons_folder())[0]:
        path, worked = worksheet(exercises_folder(), exercise.lesson, exercise.name), progress.worked(exercise.id)
        with suppress(FileNotFoundError):
            text = path.read_bytes()[:_MOST_WRITTEN].decode(errors="replace")
            yield Written(exercise.id, worked.solved, worked.hints, worked.solution, text)


def _trained(row: Row) -> Trained:
    about, label = row.about, row.label
    return Trained(about.spelling, about.began, row.fate, row.step, row.loss, row.seconds, label.title, label.notes)

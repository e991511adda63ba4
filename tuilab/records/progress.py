"""What the learner has seen and answered, in a file of JSON lines that only ever grows."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from tuilab.records.entries import (
    FORMAT,
    Answered,
    Entry,
    Hinted,
    PageSeen,
    Predicted,
    Setting,
    of_newer_format,
    read_entries,
)
from tuilab.records.files import append_line


class Progress:
    """The record of one learner. It never raises: `problem` says what keeps it from being saved.

    Until then it is kept in memory, and what could not be written is tried again with the next entry.
    """

    def __init__(self, folder: Path) -> None:
        self.problem: str | None = None
        self._folder = folder
        self._path = folder / "progress.jsonl"
        self._unsaved: list[bytes] = []
        self._closed = False
        self._pages: dict[str, dict[int, None]] = {}
        self._begun: set[str] = set()
        self._last_place: tuple[str, int] | None = None
        self._answers: dict[str, Answered] = {}
        self._hints: dict[str, int] = {}  # these two since the last right answer
        self._wrong: dict[str, int] = {}
        self._trouble: dict[str, int] = {}
        self._predictions: dict[str, Predicted] = {}
        self._settings: dict[str, Any] = {}
        for entry in self._read():
            self._take(entry)

    def page_seen(self, lesson: str, page: int, jumped: bool = False) -> None:
        """Note that a page is being read: in its lesson, or by a jump to this very page."""
        if (lesson, page) != self._last_place or not (jumped or self.begun(lesson)):
            self._add(PageSeen(lesson, page, _now(), jumped))

    def answered(self, quiz: str, given: str, right: bool) -> None:
        """Note an answer to a quiz."""
        self._add(Answered(quiz, right, given, _now()))

    def hinted(self, quiz: str, step: int) -> None:
        """Note that the hints to a quiz were shown up to this one, the first being 1."""
        if step > self.hints(quiz):
            self._add(Hinted(quiz, step, _now()))

    def predicted(self, name: str, given: str, right: bool) -> None:
        """Note what was predicted."""
        self._add(Predicted(name, right, given, _now()))

    def prediction(self, name: str) -> Predicted | None:
        """Find what was predicted last; None where nothing was."""
        return self._predictions.get(name)

    def hints(self, quiz: str) -> int:
        """Say how many hints to a quiz were shown since its last right answer."""
        return self._hints.get(quiz, 0)

    def trouble(self, quiz: str) -> int:
        """Say how many wrong answers and hints led to a quiz's newest right answer, since the right one before it."""
        return self._trouble.get(quiz, 0)

    def pages(self, lesson: str) -> set[int]:
        """List the pages of a lesson that were seen."""
        return set(self._pages.get(lesson, ()))

    def begun(self, lesson: str) -> bool:
        """Whether a lesson is being read; jumps to single pages of it do not begin it."""
        return lesson in self._begun

    def last_page(self, lesson: str) -> int | None:
        """Find the page of a lesson that was seen last."""
        return next(reversed(self._pages.get(lesson, {})), None)

    def last_place(self) -> tuple[str, int] | None:
        """Find the lesson and page that were seen last."""
        return self._last_place

    def answers(self) -> dict[str, bool]:
        """Say of each quiz that was answered whether its latest answer was right."""
        return {quiz: answer.right for quiz, answer in self._answers.items()}

    def score(self, lesson: str) -> tuple[int, int]:
        """Count the quizzes of a lesson that were ever answered rightly, and all that were answered."""
        answered = [quiz for quiz in self._answers if quiz.startswith(f"{lesson}/")]
        return sum(quiz in self._trouble for quiz in answered), len(answered)

    def latest(self) -> dict[str, Answered]:
        """Find the latest answer to each quiz."""
        return dict(self._answers)

    def setting(self, name: str) -> Any:
        """Find a setting; None where it was never made."""
        return self._settings.get(name)

    def set_setting(self, name: str, value: str | int | float | bool | None) -> None:
        """Keep a setting."""
        if self._settings.get(name) != value or name not in self._settings:
            self._add(Setting(name, value))

    def _add(self, entry: Entry) -> None:
        self._take(entry)
        if not self._closed:
            self._unsaved.append(_line(msgspec.to_builtins(entry)))
            self._save()

    def _take(self, entry: Entry) -> None:
        if isinstance(entry, PageSeen):
            seen = self._pages.setdefault(entry.lesson, {})
            seen.pop(entry.page, None)
            seen[entry.page] = None
            self._last_place = entry.lesson, entry.page
            if not entry.jumped:
                self._begun.add(entry.lesson)
        elif isinstance(entry, Answered):
            self._take_answer(entry)
        elif isinstance(entry, Predicted):
            self._predictions[entry.predict] = entry
        elif isinstance(entry, Hinted):
            self._hints[entry.hint] = max(entry.step, self.hints(entry.hint))
        else:
            self._settings[entry.setting] = entry.value

    def _take_answer(self, entry: Answered) -> None:
        self._answers[entry.quiz] = entry
        if entry.right:
            self._trouble[entry.quiz] = self._wrong.pop(entry.quiz, 0) + self._hints.pop(entry.quiz, 0)
        else:
            self._wrong[entry.quiz] = self._wrong.get(entry.quiz, 0) + 1

    def _read(self) -> Iterator[Entry]:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            self._fail(error)
            return
        if of_newer_format(data):
            self._closed = True
            self.problem = f"Progress in {self._folder} is of a newer tuilab and is left alone."
            return
        yield from read_entries(data)

    def _save(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                self._write(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            self._fail(error)
        else:
            self.problem = None

    def _write(self, descriptor: int) -> None:
        if os.fstat(descriptor).st_size == 0:
            append_line(descriptor, _line({"format": FORMAT}))
        while self._unsaved:
            append_line(descriptor, self._unsaved[0])
            del self._unsaved[0]
        os.fsync(descriptor)

    def _fail(self, error: OSError) -> None:
        self.problem = f"Progress cannot be saved in {self._folder}: {error.strerror}."


def _line(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry).encode() + b"\n"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

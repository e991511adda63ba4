"""What the learner has seen, answered and set, in a file of JSON lines that only ever grows."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from tuilab.records.entries import (
    Answered,
    Entry,
    Exercised,
    Hinted,
    LabSet,
    Left,
    PageSeen,
    Predicted,
    Setting,
    line_of,
)
from tuilab.records.folders import no_home, told
from tuilab.records.journal import Journal, NewerError
from tuilab.records.record import Record


class Progress(Record):
    """The record of one learner, which several programs may keep at once. It never raises.

    `problem` says what keeps it from being saved. Until then it is kept in memory, and what could not be written is
    tried again with the next entry. `damage` says what was lost of the file, and where it is as it was. `on_change` is
    called when either is another than before.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.problem: str | None = None
        self.damage = ""
        self.on_change: Callable[[], None] = lambda: None
        self._folder = folder
        self._journal = Journal(folder / "progress.jsonl", self.take, self._begin_anew)
        self._entries: list[Entry] = []  # that wait to be written
        self._anew = self._closed = False
        self._reach(self._journal.look)

    def refresh(self) -> None:
        """Take what other programs have written since, write what waits, and mend a damaged file."""
        if not self._closed:
            self._reach(self._write if self._entries else self._journal.look)
            self._mend()

    def page_seen(self, lesson: str, page: int, jumped: bool = False) -> None:
        """Note that a page is being read: in its lesson, or by a jump to this very page."""
        now = _now()
        known = (lesson, page) == self.last_place() and (jumped or self.begun(lesson))
        if not known or not self._time.is_open(lesson, now):
            self._add(PageSeen(lesson, page, now, jumped))

    def left(self, lesson: str) -> None:
        """Note that a lesson was left."""
        if self._time.is_open(lesson, now := _now()):
            self._add(Left(lesson, now))

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

    def lab_set(self, lesson: str, page: int, own: str, spelling: str) -> None:
        """Note how the lab of a page stands; the page spells it `own`."""
        spelling = spelling if spelling != own else ""
        if spelling != self.lab(lesson, page, own):
            self._add(LabSet(lesson, page, own, spelling, _now()))

    def exercised(self, exercise: str, did: str, step: int = 1) -> None:
        """Note that an exercise was `solved`, or a `hint` or the `solution` shown; what is known is not noted."""
        entry = Exercised(exercise, did, _now(), step)
        if self.worked(exercise).after(entry) != self.worked(exercise):
            self._add(entry)

    def set_setting(self, name: str, value: str | int | float | bool | None) -> None:
        """Keep a setting."""
        if self._settings.get(name) != value or name not in self._settings:
            self._add(Setting(name, value))

    def _add(self, entry: Entry) -> None:
        if not self._closed:
            self._entries.append(entry)
            self._reach(self._write, new=1)
        self.take(entry)  # after what others have written meanwhile
        self._mend()

    def _write(self) -> None:
        waiting = [line_of(entry) for entry in self._entries]
        try:
            self._journal.append(waiting)
        finally:
            self._entries = self._entries[len(self._entries) - len(waiting) :]

    def _reach(self, act: Callable[[], None], new: int = 0) -> None:
        """Do something with the file; of what waited before, the last `new` entries are not taken yet."""
        mine, self._anew = self._entries[: len(self._entries) - new], False
        try:
            act()
        except NewerError:
            self._closed, self._entries = True, []
            self._say(f"Progress in {told(self._folder)} is of a newer tuilab and is left alone.")
        except OSError as error:
            self._say(self._why(error))
        else:
            self._say(None)
        if self._anew:
            for entry in mine:
                self.take(entry)

    def _begin_anew(self) -> None:
        self.forget()
        self._anew = True

    def _mend(self) -> None:
        """Set what is damaged aside, once; where that cannot be, it stays and is passed over."""
        if not (self._journal.bad or self._journal.is_torn) or self.damage or self._closed:
            return
        bad = self._journal.bad + self._journal.is_torn
        lines = self._journal.good + bad
        where = f"the file is left as it is in {told(self._folder)}"
        with suppress(OSError, NewerError):
            mended = self._journal.mend()
            if mended is None:  # by another program, just now
                return
            bad, lines = mended.bad, mended.good + mended.bad
            where = f"the file as it was is {told(mended.place)}"
        self.damage = f"Progress was damaged: {bad:,} of {lines:,} lines could not be read; {where}."
        self.on_change()

    def _why(self, error: OSError) -> str:
        if reason := no_home(self._folder):
            return f"Progress cannot be saved: {reason}."
        in_place = isinstance(error, FileExistsError)  # a file, where the folder would be
        why = os.strerror(errno.ENOTDIR) if in_place else error.strerror
        return f"Progress cannot be saved in {told(self._folder)}: {why}."

    def _say(self, problem: str | None) -> None:
        if problem != self.problem:
            self.problem = problem
            self.on_change()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

"""A run of a learner on disk: a folder, so that training can be gone on with after the line has dropped.

A folder holds `run.json` (what was run), `log.jsonl` (what was measured, a line for each save) and `state.safetensors`
(what the next step depends on); the learner's own `label.json`, moments of the training and the curve of a long one may
stand beside them. The log only grows, and is locked by whoever trains, so that a second program does not go on with the
same run; all else is written beside and renamed.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from tuilab.records.about import About, about_run, write_about
from tuilab.records.curve import keep_curve
from tuilab.records.damage import set_aside
from tuilab.records.files import append_line
from tuilab.records.folders import told
from tuilab.records.locks import locked_log, making
from tuilab.records.runlog import FORMAT_LINE, LOG, Measured, last_measured, read_log, up_to
from tuilab.records.shelf import MAKING, NAME, new_name
from tuilab.records.state import STATE, RunError, Unreachable, load_state, save_arrays, saved_step

_TRIES = 20  # to have a name of its own
Saved = tuple[int, Mapping[str, Any]]  # a step, and the arrays of after it


class Kept:
    """A run that is being kept; `begin` makes one, `reopen` goes on with one. Use `close` when it is not needed."""

    def __init__(self, folder: Path, about: About, log: int) -> None:
        self.folder, self.about, self._on_disk, self._log = folder, about, about, log
        self.name = folder.name

    @classmethod
    def begin(cls, root: Path, spelling: str, history: Iterable[Measured] = (), state: Saved | None = None) -> "Kept":
        """Make the folder of a new run, of what was measured so far and the state after that. Raises OSError."""
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        history, kind = list(history), spelling.split(maxsplit=1)[0]
        with making(root):
            for _ in range(_TRIES):
                try:
                    return cls._make(root / new_name(root, kind), spelling, history, state)
                except OSError as error:
                    if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):  # else another has taken that name just now
                        raise
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))

    @classmethod
    def _make(cls, folder: Path, spelling: str, history: Iterable[Measured], state: Saved | None) -> "Kept":
        halfway = folder.with_name(f"{MAKING}{folder.name}")
        about = About(spelling, datetime.now(UTC).isoformat(timespec="seconds"))
        halfway.mkdir(mode=0o700)
        try:
            log = locked_log(halfway)
            try:
                append_line(log, FORMAT_LINE)
                for measured in history:
                    append_line(log, msgspec.json.encode(measured) + b"\n")
                if state is not None:
                    save_arrays(halfway / STATE, *state)
                write_about(halfway, about)
                halfway.rename(folder)
                return cls(folder, about, log)
            except BaseException:
                os.close(log)
                raise
        except BaseException:
            shutil.rmtree(halfway, ignore_errors=True)
            raise

    @classmethod
    def reopen(cls, root: Path, name: str) -> "Kept":
        """Go on with a run. Raises RunError."""
        about = about_run(root / name) if NAME.fullmatch(name) else None
        if about is None:
            raise RunError("That run is no longer there.")
        try:
            return cls(root / name, about, locked_log(root / name))
        except BlockingIOError:
            raise RunError("Another tuilab is training this run.") from None
        except OSError as error:
            raise RunError(f"That run cannot be opened: {error.strerror}.") from None

    def note(self, measured: Measured) -> None:
        """Keep what was measured since the last note. Raises OSError."""
        append_line(self._log, msgspec.json.encode(measured) + b"\n")
        os.fsync(self._log)

    def save(self, step: int, state: Mapping[str, Any]) -> None:
        """Keep the state after `step` steps, all of which were noted, and how it is spelled. Raises OSError."""
        self.spell()
        save_arrays(self.folder / STATE, step, state)

    def finish(self, reason: str, sentence: str) -> None:
        """Note how it ended. Raises OSError."""
        about = msgspec.structs.replace(self.about, finished=reason, sentence=sentence)
        if last := last_measured(self.folder / LOG):
            steps = saved_step(self.folder) or last.first + len(last.loss) - 1
            about = msgspec.structs.replace(about, steps=steps, loss=last.loss[-1], seconds=last.seconds)
        self.about = about
        self.spell()
        keep_curve(self.folder)

    def fail(self, sentence: str) -> None:
        """Note why it cannot be gone on with, unless it had ended already or that cannot be noted."""
        if self.about.finished is None:
            with suppress(OSError):
                self.finish("failed", sentence)

    def respell(self, spelling: str) -> None:
        """It is spelled so from now on, and can go on: `spell` keeps that, and whatever is kept next."""
        self.about = About(spelling, self.about.began)

    def spell(self) -> None:
        """Keep how it is spelled. Raises OSError."""
        if (about := self.about) != self._on_disk:
            write_about(self.folder, about)
            self._on_disk = about

    def load(self) -> tuple[int, dict[str, Any], list[Measured]]:
        """The step of the last save, its state, and what was measured up to it. Raises RunError."""
        path = self.folder / STATE
        try:
            step, state = load_state(path)
        except Unreachable:
            raise
        except RunError as error:
            with suppress(OSError):
                there = set_aside(path, self.folder.parent.parent, f"{self.name}-{STATE}")
                raise RunError(f"{error} What was saved is in {told(there)} now.") from None
            raise
        return step, state, list(up_to(step, read_log(self.folder / LOG)))

    def close(self) -> None:
        """Let others have it."""
        os.close(self._log)


def measured_so_far(folder: Path) -> list[Measured]:
    """What a run measured up to its last save, from where it is gone on with; nothing where it has none."""
    return list(up_to(saved_step(folder) or 0, read_log(folder / LOG)))


def give_up(root: Path, name: str, sentence: str) -> None:
    """Note why a run cannot be gone on with, so that it is not offered again; what was saved of it stays."""
    with suppress(RunError):
        kept = Kept.reopen(root, name)
        kept.fail(sentence)
        kept.close()

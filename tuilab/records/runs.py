"""The runs of a learner: one folder each, so that training can be gone on with after the line has dropped.

A folder holds `run.json` (what was run), `log.jsonl` (what was measured, a line for each save) and `state.safetensors`
(what the next step depends on). The first and the last are written beside and renamed; the log only grows, and is
locked by whoever trains, so that a second program does not go on with the same run.
"""

import fcntl
import json
import os
import re
import shutil
import struct
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tuilab.records.files import append_line, replace_file
from tuilab.records.runlog import Measured, read_log, up_to

FORMAT = 1
MOST_RUNS, MOST_BYTES = 20, 256 << 20  # what is kept; the oldest go first
_NAME = re.compile(r"\d{8}-\d{6}\.\d{6}-\w+")
UNREADABLE = "What was saved of that run cannot be read; train again."
_STATE, _LOG, _ABOUT = "state.safetensors", "log.jsonl", "run.json"


class RunError(Exception):
    """A run that cannot be read or gone on with; the text is a sentence."""


class About(msgspec.Struct, frozen=True):
    """What was run, and how it ended: None while it can go on."""

    spelling: str
    began: str
    finished: str | None = None
    sentence: str = ""
    format: int = FORMAT


class Left(NamedTuple):
    """A run that nobody goes on with at the moment."""

    name: str
    spelling: str
    step: int


class Kept:
    """A run that is being kept; `begin` makes one, `reopen` goes on with one. Use `close` when it is not needed."""

    def __init__(self, folder: Path, about: About) -> None:
        self.folder, self.about, self._on_disk = folder, about, about
        self.name = folder.name
        self._log = os.open(folder / _LOG, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._log, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._log)
            raise RunError("Another tuilab is training this run.") from None

    @classmethod
    def begin(cls, root: Path, spelling: str) -> "Kept":
        """Make the folder of a new run. Raises OSError."""
        _prune(root)
        now = datetime.now(UTC)
        folder = root / f"{now:%Y%m%d-%H%M%S.%f}-{spelling.split(maxsplit=1)[0]}"
        folder.mkdir(mode=0o700, parents=True)
        about = About(spelling, now.isoformat(timespec="seconds"))
        try:
            replace_file(folder / _ABOUT, msgspec.json.encode(about))
            return cls(folder, about)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    @classmethod
    def reopen(cls, root: Path, name: str) -> "Kept":
        """Go on with a run. Raises RunError."""
        about = about_run(root / name) if _NAME.fullmatch(name) else None
        if about is None:
            raise RunError("That run is no longer there.")
        try:
            return cls(root / name, about)
        except OSError as error:
            raise RunError(f"That run cannot be opened: {error.strerror}.") from None

    def note(self, measured: Measured) -> None:
        """Keep what was measured since the last note. Raises OSError."""
        append_line(self._log, msgspec.json.encode(measured) + b"\n")
        os.fsync(self._log)

    def save(self, step: int, state: Mapping[str, Any]) -> None:
        """Keep the state after `step` steps, all of which were noted, and how it is spelled. Raises OSError."""
        from safetensors.numpy import save

        self.spell()
        replace_file(self.folder / _STATE, save(dict(state), {"step": str(step)}))

    def finish(self, reason: str, sentence: str) -> None:
        """Note how it ended. Raises OSError."""
        self._put(msgspec.structs.replace(self.about, finished=reason, sentence=sentence))

    def fail(self, sentence: str) -> None:
        """Note why it cannot be gone on with, unless it had ended already or that cannot be noted."""
        if self.about.finished is None:
            with suppress(OSError):
                self.finish("failed", sentence)

    def respell(self, spelling: str) -> None:
        """It is spelled so from now on, and can go on: `spell` keeps that, and whatever is kept next."""
        self.about = msgspec.structs.replace(self.about, spelling=spelling, finished=None, sentence="")

    def spell(self) -> None:
        """Keep how it is spelled. Raises OSError."""
        if self.about != self._on_disk:
            self._put(self.about)

    def _put(self, about: About) -> None:
        self.about = about
        replace_file(self.folder / _ABOUT, msgspec.json.encode(about))
        self._on_disk = about

    def load(self) -> tuple[int, dict[str, Any], list[Measured]]:
        """The step of the last save, its state, and what was measured up to it. Raises RunError."""
        step, state = saved_step(self.folder), load_weights(self.folder / _STATE)
        if step is None:
            raise RunError(UNREADABLE)
        return step, state, list(up_to(step, read_log(self.folder / _LOG)))

    def close(self) -> None:
        """Let others have it."""
        os.close(self._log)


def load_weights(path: Path) -> dict[str, Any]:
    """The arrays of a file that was kept. Raises RunError."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return load(path.read_bytes())
    except (OSError, SafetensorError):
        raise RunError(UNREADABLE) from None


def give_up(root: Path, name: str, sentence: str) -> None:
    """Note why a run cannot be gone on with, so that it is not offered again; what was saved of it stays."""
    with suppress(RunError):
        kept = Kept.reopen(root, name)
        kept.fail(sentence)
        kept.close()


def newest_left(root: Path) -> Left | None:
    """Find the newest run that has not ended and that nobody is training."""
    for folder in folders(root):
        about, step = about_run(folder), saved_step(folder)
        if about is not None and step is not None and about.finished is None and not _in_use(folder):
            return Left(folder.name, about.spelling, step)
    return None


def folders(root: Path) -> list[Path]:
    """The runs, newest first."""
    try:
        return sorted((path for path in root.iterdir() if _NAME.fullmatch(path.name)), reverse=True)
    except OSError:
        return []


def about_run(folder: Path) -> About | None:
    """What was run in a folder; None where that cannot be read."""
    try:
        about = msgspec.json.decode((folder / _ABOUT).read_bytes(), type=About)
    except (OSError, ValueError):
        return None
    return about if about.format == FORMAT else None


def saved_step(folder: Path) -> int | None:
    """The step of the state that was saved, read from its header alone."""
    try:
        with (folder / _STATE).open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            return int(json.loads(file.read(min(length, 1 << 20)))["__metadata__"]["step"])
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return None


def _in_use(folder: Path) -> bool:
    try:
        descriptor = os.open(folder / _LOG, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _prune(root: Path) -> None:
    """Make room for one more run."""
    size = 0
    for count, folder in enumerate(folders(root), start=1):
        size += sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
        if (count >= MOST_RUNS or size > MOST_BYTES) and not _in_use(folder):
            shutil.rmtree(folder, ignore_errors=True)

"""The runs of a learner as a whole: which there are, which can be gone on with, and room for one more."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tuilab.records import state
from tuilab.records.about import (
    LABEL,
    About,
    Label,
    about_run,
    has_label,
    is_damaged,
    is_label_damaged,
    is_of_newer_format,
    label_of,
)
from tuilab.records.damage import set_aside
from tuilab.records.folders import is_restricted
from tuilab.records.locks import can_go_on, is_in_use, sweeping, unused
from tuilab.records.runlog import LOG, is_log_damaged, last_measured
from tuilab.records.state import STATE, saved_step

MOST_RUNS, MOST_BYTES = 2000, 1 << 30  # what is kept; the oldest go first, but for those with a name or notes
MOST_IN_A_CLASS = 256 << 20  # bytes of each learner, in restricted mode
NAME = re.compile(r"\d{8}-\d{6}\.\d{6}-\w+")
_TIME = "%Y%m%d-%H%M%S.%f"
_LOOKED_AT = 200  # of the newest: one that was left before so many others is not offered
GOING, MAKING = ".going-", ".making-"  # what the name of a folder begins with that is not yet, or no more, a run


class Left(NamedTuple):
    """A run that nobody goes on with at the moment; `finished` says how it ended, None where it can go on."""

    name: str
    spelling: str
    step: int
    finished: str | None = None


class Row(NamedTuple):
    """What a list of runs says of one: its step, loss and seconds are those of its last save."""

    folder: Path
    about: About
    label: Label
    step: int
    loss: float | None
    seconds: float | None
    in_use: bool

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @property
    def fate(self) -> str:
        """How it ended; 'training' while somebody trains it, 'left' where it can be gone on with."""
        return "training" if self.in_use else self.about.finished or "left"


def folders(root: Path) -> list[Path]:
    """The runs, newest first."""
    return [root / name for name in _names(root)]


def _names(root: Path, *prefixes: str) -> list[str]:
    """The names of the runs, newest first; those of folders that are not yet, or no more, runs too."""
    try:
        with os.scandir(root) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return []
    for prefix in prefixes:
        names = [name.removeprefix(prefix) for name in names]
    return sorted(filter(NAME.fullmatch, names), reverse=True)


def row(folder: Path) -> Row | None:
    """What a list says of a run; None where that cannot be read, or is of a newer tuilab."""
    about = about_run(folder)
    if about is None:
        return None
    in_use = about.finished is None and is_in_use(folder)
    if about.steps is not None:
        return Row(folder, about, label_of(folder), about.steps, about.loss, about.seconds, in_use)
    last = last_measured(folder / LOG)
    step, loss, seconds = (last.first + len(last.loss) - 1, last.loss[-1], last.seconds) if last else (0, None, None)
    return Row(folder, about, label_of(folder), step, loss, seconds, in_use)


def rows(root: Path) -> Iterator[Row]:
    """What a list says of each run, newest first; read one by one."""
    return (found for folder in folders(root) if (found := row(folder)) is not None)


def newest_left(root: Path) -> Left | None:
    """Find the newest run that has not ended, can be saved, and that nobody is training."""
    for folder in folders(root)[:_LOOKED_AT]:
        about = about_run(folder)
        if about is not None and about.finished is None:
            step = saved_step(folder)
            if step is not None and can_go_on(folder):
                return Left(folder.name, about.spelling, step)
    return None


def left_of(root: Path, spelling: str) -> Left | None:
    """The newest run of a spelling, to be gone on with or looked at; None where it broke off, or that cannot be."""
    kind = spelling.partition(" ")[0]
    for folder in folders(root)[:_LOOKED_AT]:
        about = about_run(folder) if folder.name.endswith(f"-{kind}") else None
        if about is not None and about.spelling == spelling:
            step = saved_step(folder)
            if step is None or about.finished not in (None, "done", "stopped") or not can_go_on(folder):
                return None
            if step or about.finished is None:  # what was stopped before its first step hides nothing
                return Left(folder.name, spelling, step, about.finished)
    return None


def clear_damaged(root: Path, among: int | None = None) -> list[Path]:
    """Set aside what cannot be read of the newest so many runs, of all where nothing is said; its new places.

    A run that does not say what it is goes as a whole, else its state, its log, its name and notes alone. What is of a
    newer tuilab, in use, or cannot be read just now is left alone.
    """
    gone = []
    for folder in folders(root)[:among]:
        with suppress(OSError):
            if is_damaged(folder):
                with unused(folder):
                    gone.append(set_aside(folder, root.parent))
            elif not is_of_newer_format(folder):
                gone += _clear_parts(folder)
    return gone


def _clear_parts(folder: Path) -> list[Path]:
    """Set aside what cannot be read of a run that says what it is. Raises OSError."""
    damaged = {STATE: state.is_damaged, LOG: is_log_damaged, LABEL: lambda path: is_label_damaged(path.parent)}
    gone = []
    for name, is_so in damaged.items():
        if is_so(folder / name):
            with unused(folder):
                gone.append(set_aside(folder / name, folder.parent.parent, f"{folder.name}-{name}"))
    return gone


def new_name(root: Path, kind: str) -> str:
    """A name for a new run that comes after all there are, even where the clock was set back."""
    now = datetime.now(UTC)
    for name in _names(root, GOING, MAKING):
        with suppress(ValueError, OverflowError):  # a name that is no time comes of no clock
            last = datetime.strptime(name.rpartition("-")[0], _TIME).replace(tzinfo=UTC)
            now = max(now, last + timedelta(microseconds=1))
            break
    return f"{now:{_TIME}}-{kind}"


def size_of(folder: Path) -> int:
    """The bytes that a run takes."""
    try:
        with os.scandir(folder) as entries:
            return sum(entry.stat(follow_symlinks=False).st_size for entry in entries)
    except OSError:
        return 0


def remove(folder: Path) -> None:
    """Take a run away, all of it or, where that is broken off, none that a list would show.

    Raises OSError, BlockingIOError where somebody trains it.
    """
    going = folder.with_name(f"{GOING}{folder.name}")
    with unused(folder):
        folder.rename(going)
    shutil.rmtree(going, ignore_errors=True)


def make_room(root: Path, most: int | None = None, most_bytes: int | None = None) -> list[str]:
    """Take the oldest runs away until no more than so many, and so many bytes, are there; the names of those that went.

    What has a name or notes stays, what is in use, and what is of a newer tuilab.
    """
    _sweep(root)
    allowed = MOST_IN_A_CLASS if is_restricted() else MOST_BYTES
    most, most_bytes = MOST_RUNS if most is None else most, allowed if most_bytes is None else most_bytes
    size, gone = 0, list[str]()
    for count, folder in enumerate(folders(root), start=1):
        size += size_of(folder)
        if (count > most or size > most_bytes) and not has_label(folder) and not is_of_newer_format(folder):
            with suppress(OSError):  # BlockingIOError where it is in use
                remove(folder)
                gone.append(folder.name)
    return gone


def _sweep(root: Path) -> None:
    """Take away what was broken off while it was made or deleted, unless some run is being made just now."""
    with suppress(OSError), sweeping(root):
        for halfway in (*root.glob(f"{GOING}*"), *root.glob(f"{MAKING}*")):
            if not is_in_use(halfway):
                shutil.rmtree(halfway, ignore_errors=True)

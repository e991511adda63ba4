"""The file of the record: lines that several programs append to at once, each reading on in what the others wrote.

Whoever appends or mends holds the lock beside it. A last line that is not whole may still be being written, by who
holds the lock; found by who holds it, it was cut short, which is damage as is any other line that cannot be read.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tuilab.records.damage import keep_aside
from tuilab.records.entries import FORMAT, CutError, DamagedError, Entry, is_newer, read_entry, read_line, written
from tuilab.records.lines import Line, lines
from tuilab.records.lock import locked


class NewerError(Exception):
    """The file is of a format that is not known here."""


class Mended(NamedTuple):
    """Where a damaged file is now, and how many of its lines could be read, and could not."""

    place: Path
    good: int
    bad: int


class Journal:
    """Hands each entry to `take`; where the file is another one than before, `forget` comes first.

    `good` and `bad` count its lines: those that can be read, and the damaged ones. All methods raise OSError, and
    NewerError as soon as a file of a newer format stands there.
    """

    def __init__(self, path: Path, take: Callable[[Entry], None], forget: Callable[[], None]) -> None:
        self.path, self._take, self._forget = path, take, forget
        self.good = self.bad = 0
        self._at = 0  # up to where it was read
        self._file: tuple[int, int] | None = None
        self._seen: tuple[int, ...] = ()

    def look(self) -> None:
        """Take what was appended since; costs a look at the folder where there is nothing."""
        with suppress(FileNotFoundError):
            if _state(os.stat(self.path)) != self._seen:
                with self._opened(os.O_RDONLY) as descriptor:
                    self._catch_up(descriptor)

    def append(self, waiting: list[bytes]) -> None:
        """Take what others appended, then write lines, which leave the list one by one."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(self._lock), self._opened(os.O_RDWR | os.O_APPEND | os.O_CREAT) as descriptor:
            self._catch_up(descriptor)
            if self.is_torn:
                self._end_line(descriptor)
            if self._at == 0:
                self._write(descriptor, written({"format": FORMAT}))
            elif os.pread(descriptor, 1, self._at - 1) != b"\n":
                self._write(descriptor, b"\n")
            while waiting:
                self._write(descriptor, waiting[0])
                del waiting[0]
                self.good += 1
            os.fsync(descriptor)
            self._seen = _state(os.fstat(descriptor))

    def mend(self) -> Mended | None:
        """Keep a damaged file aside, and go on with its good lines; None where all was well."""
        with locked(self._lock), self._opened(os.O_RDONLY) as descriptor:
            self._catch_up(descriptor)
            bad = self.bad + self.is_torn
            if not bad:
                return None
            real = Path(os.path.realpath(self.path))
            beside = real.with_suffix(".new")
            try:
                self._write_good(descriptor, beside)
                place = keep_aside(real, self.path.parent)
                beside.replace(real)
            except OSError:
                beside.unlink(missing_ok=True)
                raise
        return Mended(place, self.good, bad)

    @property
    def is_torn(self) -> bool:
        """Whether a last line was not whole when the file was looked at."""
        return bool(self._seen) and self._seen[2] > self._at

    @property
    def _lock(self) -> Path:
        return self.path.with_suffix(".lock")

    @contextmanager
    def _opened(self, flags: int) -> Iterator[int]:
        descriptor = os.open(self.path, flags | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)  # a fifo would keep us waiting
        try:
            mode = os.fstat(descriptor).st_mode
            if stat.S_ISDIR(mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if not stat.S_ISREG(mode):
                raise OSError(errno.EINVAL, f"{self.path.name} is not a file")
            yield descriptor
        finally:
            os.close(descriptor)

    def _catch_up(self, descriptor: int) -> None:
        there = os.fstat(descriptor)
        if (there.st_dev, there.st_ino) != self._file or there.st_size < self._at:
            if self._file is not None and there.st_size:  # an empty one stands where it was deleted
                self._forget()
            self._file, self._at, self.good, self.bad = (there.st_dev, there.st_ino), 0, 0, 0
        for line in lines(descriptor, self._at):
            self._read(line)
        self._seen = _state(there)

    def _read(self, line: Line) -> None:
        try:
            entry = _entry(line, first=self._at == 0)
        except DamagedError as error:
            if line.is_torn and isinstance(error, CutError):
                return  # it may still be being written
            self.bad += 1
        else:
            self.good += entry is not None
            if isinstance(entry, Entry):
                self._take(entry)
        self._at = line.end

    def _end_line(self, descriptor: int) -> None:
        """Leave a last line that was cut short where it is, as one of the damaged ones."""
        self._at = os.fstat(descriptor).st_size
        self._write(descriptor, b"\n")
        self.bad += 1

    def _write(self, descriptor: int, line: bytes) -> None:
        """Write a line, or nothing of it."""
        try:
            rest = line
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, self._at)
            raise
        self._at += len(line)

    def _write_good(self, descriptor: int, beside: Path) -> None:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb") as file:
            file.write(written({"format": FORMAT}))
            for line in lines(descriptor, 0):
                with suppress(DamagedError):
                    if _entry(line, first=False) is not None:
                        file.write((line.content or b"") + b"\n")
            file.flush()
            os.fsync(file.fileno())
            there = os.fstat(file.fileno())
        self._file, self._at, self.bad, self._seen = (there.st_dev, there.st_ino), there.st_size, 0, _state(there)


def _entry(line: Line, first: bool) -> Entry | bool | None:
    """The entry of a line; True for a line of another kind, None for one that tells nothing.

    Raises DamagedError, or NewerError where the first line says so.
    """
    if line.content is None:
        raise DamagedError
    if not line.content:
        return None
    value = read_line(line.content)
    if first and is_newer(value):
        raise NewerError
    return None if "format" in value else read_entry(value) or True


def _state(there: os.stat_result) -> tuple[int, ...]:
    return there.st_dev, there.st_ino, there.st_size, there.st_mtime_ns

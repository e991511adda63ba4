"""Who has a run: whoever trains it holds the lock of its log, so that no other goes on with it or takes it away."""

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tuilab.records.files import is_lasting
from tuilab.records.runlog import LOG

_WAITS = (0.001, 0.004, 0.02)  # seconds; to see whether a run is in use takes less
_SWEPT = (*_WAITS, 0.1, 0.2, 0.4)  # to sweep away what was left half made


def is_in_use(folder: Path) -> bool:
    """Whether somebody trains a run."""
    try:
        with unused(folder):
            return False
    except OSError:
        return True


def can_go_on(folder: Path) -> bool:
    """Whether a run can be gone on with: nobody trains it, and what it does can be kept."""
    return os.access(folder, os.W_OK) and not is_in_use(folder)


@contextmanager
def unused(folder: Path) -> Iterator[None]:
    """Keep others from going on with a run meanwhile. Raises BlockingIOError where somebody trains it, OSError."""
    try:
        descriptor = os.open(folder / LOG, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if not is_lasting(error):
            raise
        yield  # without a log nobody trains it
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)  # others who only look may have it too
        yield
    finally:
        os.close(descriptor)


def locked_log(folder: Path) -> int:
    """The log of a run, opened to be written and locked. Raises BlockingIOError where somebody has it, OSError."""
    log = folder / LOG
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(log, flags, 0o600)
    try:
        _lock(descriptor, fcntl.LOCK_EX, _WAITS)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Its log is no file")
        if not os.path.samestat(os.fstat(descriptor), log.stat()):  # it was taken away meanwhile
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def making(root: Path) -> Iterator[None]:
    """Keep what is being made in a folder of runs from being swept away."""
    with _folder(root) as descriptor:
        with suppress(OSError):  # where there are no locks it is made all the same
            _lock(descriptor, fcntl.LOCK_SH, _SWEPT)
        yield


@contextmanager
def sweeping(root: Path) -> Iterator[None]:
    """Take away what is half made in a folder of runs. Raises OSError where some run is being made just now."""
    with _folder(root) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


@contextmanager
def _folder(root: Path) -> Iterator[int]:
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int, kind: int, waits: Iterable[float]) -> None:
    """Lock what somebody may hold for a moment. Raises BlockingIOError."""
    for wait in waits:
        try:
            return fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(wait)
    return fcntl.flock(descriptor, kind | fcntl.LOCK_NB)

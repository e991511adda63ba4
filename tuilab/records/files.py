"""How records reach the disk, lines in one piece and whole files at once, and how they are opened."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_LASTING = {
    errno.ENOENT,
    errno.EISDIR,
    errno.ENOTDIR,
    errno.ELOOP,
    errno.ENXIO,
    errno.ENODEV,
    errno.EINVAL,
}


def open_file(path: Path) -> BinaryIO:
    """Open a file to read it; what is none, such as a pipe that nobody writes to, is refused. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "It is no file")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        with suppress(OSError):  # where fdopen has failed it is closed
            os.close(descriptor)
        raise


def is_lasting(error: OSError) -> bool:
    """Whether an error lies in what is there, so that it comes again: no want of rights, of memory, of open files."""
    return error.errno in _LASTING


def append_line(descriptor: int, line: bytes) -> None:
    """Write a line in one piece, so that lines of two programs do not mix; after half a line, on one of its own.

    Raises OSError. The caller syncs.
    """
    size = os.fstat(descriptor).st_size
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        line = b"\n" + line
    if os.write(descriptor, line) < len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def replace_file(path: Path, content: bytes, synced: bool = True) -> None:
    """Put a file in place whole: written beside, synced, renamed. Raises OSError."""
    beside = path.with_suffix(".new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC  # a link or a pipe of that name is not written into
    try:
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, flags, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            if synced:
                os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise

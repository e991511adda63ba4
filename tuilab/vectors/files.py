"""Files that are there whole or not at all, however the program that writes them ends."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

MODE = 0o600


@contextmanager
def put_in_place(path: Path, mode: int = MODE) -> Iterator[BinaryIO]:
    """Write a file that stands at `path` once the block has ended without an error; its folder is made.

    On Linux it has no name until then, so that even a program that is killed leaves nothing behind. Raises OSError.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.parent / f".{path.name}.{os.getpid()}.new"
    file = _nameless(path.parent, mode)
    named = file is None
    if file is None:
        file = os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode), "w+b")
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if not named:
                with suppress(FileNotFoundError):
                    beside.unlink()
                descriptor = os.open("/", os.O_RDONLY)  # not looked at, but it lets a link be followed
                try:
                    os.link(f"/proc/self/fd/{file.fileno()}", beside, src_dir_fd=descriptor)
                finally:
                    os.close(descriptor)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def _nameless(folder: Path, mode: int) -> BinaryIO | None:
    """A file without a name; None where the system or the disk has no such thing."""
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None or not os.path.isdir("/proc/self/fd"):
        return None
    try:
        return os.fdopen(os.open(folder, os.O_RDWR | os.O_CLOEXEC | flag, mode), "w+b")
    except OSError:
        return None

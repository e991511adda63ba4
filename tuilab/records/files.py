"""How records reach the disk: lines in one piece, whole files at once."""

import os
from pathlib import Path


def append_line(descriptor: int, line: bytes) -> None:
    """Write a line in one piece, so that lines of two programs do not mix; after half a line, on one of its own.

    Raises OSError. The caller syncs.
    """
    size = os.fstat(descriptor).st_size
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        line = b"\n" + line
    if os.write(descriptor, line) < len(line):
        raise OSError(0, "No space left on device")


def replace_file(path: Path, content: bytes, synced: bool = True) -> None:
    """Put a file in place whole: written beside, synced, renamed. Raises OSError."""
    beside = path.with_suffix(".new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            if synced:
                os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise

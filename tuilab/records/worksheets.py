"""The files that a learner writes for exercises: one each, and what was there before a new beginning.

They are the learner's: nothing is ever put in the place of one but by `begin_anew`, which keeps it.
"""

from contextlib import suppress
from pathlib import Path

from tuilab.records.damage import keep_aside
from tuilab.records.files import replace_file

BEFORE = "before"


def worksheet(folder: Path, lesson: str, name: str) -> Path:
    """Where the learner's file of an exercise is, whether or not it is there."""
    return folder / lesson / f"{name}.py"


def unsaved_of(path: Path) -> Path:
    """Where the text of an editor is kept that was ended before it was saved."""
    return path.with_suffix(".unsaved.py")


def begin(path: Path, starter: bytes) -> bool:
    """Put the starter there where there is no file yet; whether it was put there. Raises OSError."""
    if path.is_symlink() or path.exists():
        return False
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(path, starter)
    return True


def state_of(path: Path) -> tuple[int, ...] | None:
    """What tells a file from itself after it was saved again; None where it is not there."""
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_ino, there.st_size, there.st_mtime_ns


def save(path: Path, text: str, opened: tuple[int, ...] | None) -> Path | None:
    """Save a file; where it is not as it was `opened`, what is there is kept, and its place given. Raises OSError."""
    real = path.resolve()
    kept = keep_aside(real, path.parent, BEFORE) if state_of(path) not in (None, opened) else None
    replace_file(real, text.encode())
    return kept


def begin_anew(path: Path, starter: bytes) -> Path | None:
    """Put the starter there; where the file that was there is kept, None where there was none. Raises OSError."""
    kept = None
    with suppress(FileNotFoundError):
        kept = keep_aside(path, path.parent, BEFORE)
    if kept is None:
        begin(path, starter)
    else:
        replace_file(path, starter)
    return kept

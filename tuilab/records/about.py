"""What a run is: in `run.json`, which who trains it writes, and in `label.json`, which the learner does."""

import os
from pathlib import Path
from typing import Annotated

import msgspec

from tuilab.records.files import is_lasting, open_file, replace_file

FORMAT = 2  # 1 had no steps, loss and seconds, and came from no other run
ABOUT, LABEL = "run.json", "label.json"
LONGEST_TITLE, LONGEST_NOTES = 60, 2000


class About(msgspec.Struct, frozen=True):
    """What was run, and how it ended: None while it can go on, then with its last numbers too."""

    spelling: str
    began: str
    finished: str | None = None
    sentence: str = ""
    steps: Annotated[int, msgspec.Meta(ge=0)] | None = None
    loss: float | None = None
    seconds: float | None = None
    format: int = FORMAT


class Label(msgspec.Struct, frozen=True):
    """What the learner calls a run, and noted of it."""

    title: str = ""
    notes: str = ""
    format: int = 1


class _Format(msgspec.Struct):
    format: int


def about_run(folder: Path) -> About | None:
    """What was run in a folder; None where that cannot be read, or is of a newer tuilab."""
    try:
        about = msgspec.json.decode(_content(folder / ABOUT), type=About)
    except (OSError, ValueError, RecursionError):
        return None
    return msgspec.structs.replace(about, format=FORMAT) if 1 <= about.format <= FORMAT else None


def is_of_newer_format(folder: Path) -> bool:
    """Whether a run was kept by a tuilab that came later; such a one is left alone."""
    try:
        return _is_newer(_content(folder / ABOUT), FORMAT)
    except OSError:
        return False


def is_damaged(folder: Path) -> bool:
    """Whether what was run in a folder cannot be read, and never will be: not one of a newer tuilab."""
    try:
        content = _content(folder / ABOUT)
    except OSError as error:
        return is_lasting(error)
    return about_run(folder) is None and not _is_newer(content, FORMAT)


def write_about(folder: Path, about: About) -> None:
    """Put it in place. Raises OSError."""
    replace_file(folder / ABOUT, msgspec.json.encode(about))


def label_of(folder: Path) -> Label:
    """What the learner calls a run; an empty one where that cannot be read."""
    return _read_label(folder) or Label()


def has_label(folder: Path) -> bool:
    """Whether the learner has said something of a run, be it that it cannot be read any more."""
    return _read_label(folder) != Label() and os.path.lexists(folder / LABEL)


def is_label_damaged(folder: Path) -> bool:
    """Whether what the learner has said of a run cannot be read, and never will be."""
    try:
        content = _content(folder / LABEL)
    except OSError as error:
        return is_lasting(error) and os.path.lexists(folder / LABEL)
    return _read_label(folder) is None and not _is_newer(content, 1)


def is_label_readable(folder: Path) -> bool:
    """Whether there is nothing that would be lost where another label takes its place."""
    return _read_label(folder) is not None or not os.path.lexists(folder / LABEL)


def _read_label(folder: Path) -> Label | None:
    try:
        label = msgspec.json.decode(_content(folder / LABEL), type=Label)
    except (OSError, ValueError, RecursionError):
        return None
    return label if label.format == 1 else None


def write_label(folder: Path, label: Label) -> None:
    """Put it in place. Raises OSError."""
    replace_file(folder / LABEL, msgspec.json.encode(label))


def _content(path: Path) -> bytes:
    """What a small file holds; of what is larger than such a file ever is, too little to be read."""
    with open_file(path) as file:
        return file.read(1 << 20)


def _is_newer(content: bytes, than: int) -> bool:
    try:
        return msgspec.json.decode(content, type=_Format).format > than
    except (ValueError, RecursionError):
        return False

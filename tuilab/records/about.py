"""What a run is: in `run.json`, which who trains it writes, and in `label.json`, which the learner does."""

from pathlib import Path

import msgspec

from tuilab.records.files import replace_file

FORMAT = 2  # 1 had no steps, loss and seconds, and came from no other run
ABOUT, LABEL = "run.json", "label.json"
LONGEST_TITLE, LONGEST_NOTES = 60, 2000


class About(msgspec.Struct, frozen=True):
    """What was run, and how it ended: None while it can go on, then with its last numbers too."""

    spelling: str
    began: str
    finished: str | None = None
    sentence: str = ""
    steps: int | None = None
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
        return msgspec.json.decode(_content(folder / ABOUT), type=_Format).format > FORMAT
    except (OSError, ValueError, RecursionError):
        return False


def write_about(folder: Path, about: About) -> None:
    """Put it in place. Raises OSError."""
    replace_file(folder / ABOUT, msgspec.json.encode(about))


def label_of(folder: Path) -> Label:
    """What the learner calls a run; an empty one where that cannot be read."""
    try:
        label = msgspec.json.decode(_content(folder / LABEL), type=Label)
    except (OSError, ValueError, RecursionError):
        return Label()
    return label if label.format == 1 else Label()


def write_label(folder: Path, label: Label) -> None:
    """Put it in place. Raises OSError."""
    replace_file(folder / LABEL, msgspec.json.encode(label))


def _content(path: Path) -> bytes:
    """What a small file holds; of what is larger than such a file ever is, too little to be read."""
    with path.open("rb") as file:
        return file.read(1 << 20)

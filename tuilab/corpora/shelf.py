"""Where corpora are kept: in the folders that all of this machine read, and in the learner's own."""

import os
from contextlib import suppress
from pathlib import Path

from tuilab.records.folders import data_folder, shared_folders

_FOLDER = "corpora"


def own_shelf() -> Path:
    """The learner's own; it may not exist."""
    return data_folder() / _FOLDER


def shared_shelves() -> list[Path]:
    """Those of the machine; they may not exist, and a learner writes to none."""
    return [folder / _FOLDER for folder in shared_folders()]


def find(name: str) -> Path | None:
    """The file or folder of that name: the machine's before the learner's own; None where there is none."""
    if os.path.basename(name) != name or name.startswith(".") or not name:
        return None
    for shelf in (*shared_shelves(), own_shelf()):
        with suppress(OSError):  # a folder that this account may not read has nothing for it
            if (shelf / name).exists():
                return shelf / name
    return None


def names() -> list[str]:
    """All that can be found, sorted: no hidden files, and none that is still being fetched."""
    there: set[str] = set()
    for shelf in (*shared_shelves(), own_shelf()):
        with suppress(OSError):
            there.update(os.listdir(shelf))
    return sorted(name for name in there if not name.startswith(".") and not name.endswith((".part", ".new")))

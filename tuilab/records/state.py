"""The arrays of a run on disk, as safetensors: nothing in them can be executed."""

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tuilab.records.files import replace_file

STATE = "state.safetensors"
UNREADABLE = "What was saved of that run cannot be read; train again."


class RunError(Exception):
    """A run that cannot be read or gone on with; the text is a sentence."""


def save_arrays(path: Path, step: int, arrays: Mapping[str, Any], synced: bool = True) -> None:
    """Put the arrays of after `step` steps in place. Raises OSError."""
    from safetensors.numpy import save

    replace_file(path, save(dict(arrays), {"step": str(step), "format": "1"}), synced)


def load_arrays(path: Path) -> dict[str, Any]:
    """The arrays of a file that was kept, copied. Raises RunError."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:  # it maps the file, and looks at its header first
            return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  it is no mapping
    except (OSError, SafetensorError, ValueError, TypeError, KeyError):
        raise RunError(UNREADABLE) from None


def step_of(path: Path) -> int | None:
    """The step after which arrays were kept, read from the header alone; None where it cannot be."""
    try:
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            return int(json.loads(file.read(min(length, 1 << 20)))["__metadata__"]["step"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError, struct.error):
        return None


def saved_step(folder: Path) -> int | None:
    """The step of the state that was saved of a run."""
    return step_of(folder / STATE)

"""The arrays of a run on disk, as safetensors: nothing in them can be executed."""

import json
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tuilab.records.files import is_lasting, open_file, replace_file

STATE = "state.safetensors"
UNREADABLE = "What was saved of that run cannot be read; train again."
_LONGEST_HEADER = 1 << 20  # bytes; ours have some 100 for each array
_LARGEST = 2 << 30  # bytes of a file; what claims to be larger is none of ours
_LATEST = 10_000_000  # steps


class RunError(Exception):
    """A run that cannot be read or gone on with; the text is a sentence."""


class Unreachable(RunError):
    """A run that cannot be read now, though nothing is wrong with it."""


def save_arrays(path: Path, step: int, arrays: Mapping[str, Any], synced: bool = True) -> None:
    """Put the arrays of after `step` steps in place. Raises OSError."""
    from safetensors.numpy import save

    replace_file(path, save(dict(arrays), {"step": str(step), "format": "1"}), synced)


def load_arrays(path: Path) -> dict[str, Any]:
    """The arrays of a file that was kept, copied. Raises RunError."""
    return load_state(path)[1]


def load_state(path: Path) -> tuple[int, dict[str, Any]]:
    """The step after which arrays were kept, and they, copied. Raises RunError."""
    from safetensors import SafetensorError, safe_open

    step = _step_in(path)  # nothing large or strange is mapped
    try:
        with safe_open(path, framework="numpy") as file:  # it looks whether what the header says is there
            return step, {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  it is no mapping
    except OSError as error:
        raise _unreachable(error) from None
    except (SafetensorError, ValueError, TypeError, KeyError, AttributeError):
        raise RunError(UNREADABLE) from None


def step_of(path: Path) -> int | None:
    """The step after which arrays were kept, read from the header alone; None where it cannot be."""
    try:
        return _step_in(path)
    except RunError:
        return None


def is_damaged(path: Path) -> bool:
    """Whether there is something that is no file of arrays, by its header and its length."""
    try:
        _step_in(path, whole=True)
    except Unreachable:
        return False
    except RunError:
        return os.path.lexists(path)
    return False


def saved_step(folder: Path) -> int | None:
    """The step of the state that was saved of a run."""
    return step_of(folder / STATE)


def _step_in(path: Path, whole: bool = False) -> int:
    """The step that the header tells; `whole` asks whether all is there that it tells of."""
    try:
        with open_file(path) as file:
            (length,) = struct.unpack("<Q", file.read(8))
            size = os.fstat(file.fileno()).st_size
            if length > _LONGEST_HEADER or size > _LARGEST:
                raise ValueError
            header = json.loads(file.read(length))
            step = int(header.pop("__metadata__")["step"])
            if whole and size != 8 + length + max((each["data_offsets"][1] for each in header.values()), default=0):
                raise ValueError  # it was cut short, or something was put behind it
    except OSError as error:
        raise RunError(UNREADABLE) if is_lasting(error) else _unreachable(error) from None
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, struct.error):
        raise RunError(UNREADABLE) from None
    if not 0 <= step <= _LATEST:
        raise RunError(UNREADABLE)
    return step


def _unreachable(error: OSError) -> Unreachable:
    return Unreachable(f"What was saved of that run cannot be read now: {error.strerror or error}.")

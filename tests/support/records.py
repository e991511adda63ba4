"""Looks at what a program has left in its data folder, without any of the program's own code.

`progress.jsonl` is a file of JSON lines. A run that is kept is a folder `runs/NAME` with `run.json`, `log.jsonl`, and
`state.safetensors`, whose header's metadata holds the step of the save.
"""

import json
import struct
from pathlib import Path
from typing import Any


def faults(data: Path) -> list[str]:
    """A sentence for each file that cannot be read; the last line of a log may be cut short."""
    found = [fault for path in sorted(data.rglob("*.jsonl")) for fault in _lines(path)]
    for run in _runs(data):
        for name, read in (("run.json", _json), ("state.safetensors", header)):
            path = run / name
            try:
                if path.exists():
                    read(path)
            except (ValueError, OSError, struct.error) as error:
                found.append(f"{path.relative_to(data)} cannot be read: {error}")
    return found


def saved_steps(data: Path) -> list[int]:
    """The step of the last save of each kept run; 0 for one that was not saved yet."""
    steps = []
    for run in _runs(data):
        state = run / "state.safetensors"
        steps.append(int(header(state)["__metadata__"]["step"]) if state.exists() else 0)
    return steps


def header(path: Path) -> dict[str, Any]:
    """The header of a safetensors file, once all the tensors that it names are there."""
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    found = json.loads(content[8 : 8 + length])
    ends = [tensor["data_offsets"][1] for name, tensor in found.items() if name != "__metadata__"]
    if 8 + length + max(ends, default=0) != len(content):
        raise ValueError("it is not as long as its header says")
    return found


def _runs(data: Path) -> list[Path]:
    return sorted(path for path in (data / "runs").glob("*") if path.is_dir() and (path / "run.json").exists())


def _json(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _lines(path: Path) -> list[str]:
    lines = path.read_bytes().split(b"\n")
    found = []
    for number, line in enumerate(lines[:-1], 1):
        try:
            json.loads(line)
        except ValueError as error:
            found.append(f"{path.name}, line {number}, cannot be read: {error}")
    return found

"""Everything that the record of progress holds, in the order in which it was written."""

import os
from collections.abc import Iterator
from pathlib import Path

from tuilab.records.entries import DamagedError, Entry, read_entry, read_line
from tuilab.records.lines import lines


def history(folder: Path) -> Iterator[Entry]:
    """The entries of a learner's record, none where there is no record; damage is passed over. Raises OSError."""
    try:
        descriptor = os.open(folder / "progress.jsonl", os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return
    try:
        for line in lines(descriptor, 0):
            try:
                entry = read_entry(read_line(line.content or b""))
            except DamagedError:
                continue
            if entry is not None:
                yield entry
    finally:
        os.close(descriptor)

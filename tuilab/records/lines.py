"""Reads the lines of a file in pieces, so that one without an end does not fill the memory."""

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 1 << 20  # bytes of a line that can be one of ours
_PIECE = 1 << 16
_TORN = re.compile(rb"\{[ -~]*")


class Line(NamedTuple):
    """A line: None where it is too long; where the next one begins, and whether it has ended."""

    content: bytes | None
    end: int
    ended: bool

    @property
    def is_torn(self) -> bool:
        """Whether it may be the beginning of one of ours: letters of ASCII from a brace on, and no end."""
        return not self.ended and self.content is not None and _TORN.fullmatch(self.content) is not None


def lines(descriptor: int, begin: int) -> Iterator[Line]:
    """The lines of an open file from a place on. Raises OSError."""
    kept, too_long, at = b"", False, begin
    while piece := os.pread(descriptor, _PIECE, at):
        for number, part in enumerate(piece.split(b"\n")):
            if number:
                at += 1
                yield Line(None if too_long else kept, at, True)
                kept, too_long = b"", False
            at += len(part)
            kept = b"" if too_long else kept + part
            if len(kept) > LONGEST:
                kept, too_long = b"", True
    if kept or too_long:
        yield Line(None if too_long else kept, at, False)

"""word2vec's binary file: a line with the counts, then each word, a blank, and its numbers as float32.

The authors' own program puts a newline after each vector, others do not; it may stand before the word.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tuilab.vectors.errors import VectorError
from tuilab.vectors.sources import BLOCK, Block
from tuilab.vectors.text import shown
from tuilab.vectors.words import LONGEST

_CHUNK = 4 << 20  # bytes read at a time


class BinaryVectors:
    """The words of a binary file; `begin` is the byte behind its first line, which promises so many of them."""

    def __init__(self, path: Path, dimensions: int, promised: int, begin: int) -> None:
        self.path, self.name, self.dimensions = path, path.name, dimensions
        self.promised, self.begin = promised, begin
        self.size = os.path.getsize(path)
        self._read = 0
        self._first, self._starts = 0, list[int]()  # of the block that is read: its first word, and where each begins
        least = promised * (4 * dimensions + 2)
        if least > self.size - begin:
            raise VectorError(
                f"{path.name}: its first line promises {promised:,} words of {dimensions:,} numbers, which are at "
                f"least {least:,} bytes; {self.size - begin:,} follow: the file was cut off, or the line is wrong."
            )

    def done(self) -> int:
        """The bytes that were read."""
        return self._read

    def place(self, number: int) -> str:
        """The number of a word, and of one of the block that is read the byte where it begins."""
        here = number - self._first
        byte = f", at byte {self._starts[here]:,}" if 0 <= here < len(self._starts) else ""
        return f"word {number + 1:,}{byte}"

    def blocks(self) -> Iterator[Block]:
        """Read the words, many at a time."""
        width = 4 * self.dimensions
        with self.path.open("rb") as file:
            file.seek(self.begin)
            data, at, read = b"", 0, self.begin  # `read` is the byte of the file where `data` begins
            for first in range(0, self.promised, BLOCK):
                count = min(BLOCK, self.promised - first)
                words, rows = list[bytes](), np.empty((count, self.dimensions), np.float32)
                self._first, self._starts = first, []
                for row in range(count):
                    blank = data.find(b" ", at, at + LONGEST + 2)
                    if blank < 0 or blank + 1 + width > len(data):
                        data, at, read = data[at:] + file.read(_CHUNK + width), 0, read + at
                        blank = data.find(b" ", 0, LONGEST + 2)
                        self._check(data, blank, read, first + row)
                    words.append(data[at:blank].lstrip(b"\n"))
                    self._starts.append(read + blank - len(words[-1]))
                    at = blank + 1 + width
                    rows[row] = np.frombuffer(data, "<f4", self.dimensions, blank + 1)
                self._read = read + at
                yield Block(words, rows)
            self._starts = []
            self._check_end(data[at:] + file.read(2), read + at)

    def _check(self, data: bytes, blank: int, byte: int, number: int) -> None:
        """Raise VectorError where a word or its numbers are not there."""
        where = f"{self.name}, {self.place(number)}, at byte {byte:,}"
        if blank < 0 and len(data) > LONGEST:
            raise VectorError(
                f"{where}: no blank follows in {LONGEST:,} bytes, so this is no word: {shown(data)}; the numbers of "
                "dimensions may be others than the first line says."
            )
        if blank < 0 or blank + 1 + 4 * self.dimensions > len(data):
            raise VectorError(
                f"{where}: the file ends in the middle of it; its first line promises {self.promised:,} words."
            )

    def _check_end(self, rest: bytes, byte: int) -> None:
        if rest.strip(b"\n"):
            raise VectorError(
                f"{self.name} goes on at byte {byte:,}, after the {self.promised:,} words that its first line promises."
            )

"""Vectors as text: a word a line, then its numbers, with blanks between; word2vec has a first line with the counts.

word2vec's: `3 2`, then `king 0.5 -1.25` and so on. GloVe's is the same without the first line.
"""

import os
import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import numpy as np

from tuilab.vectors.errors import VectorError
from tuilab.vectors.sources import BLOCK, MOST_DIMENSIONS, Block

LONGEST_LINE = 1 << 20  # bytes


class TextVectors:
    """The lines of a text; `promised` is how many words its first line tells of, None where it has no such line."""

    def __init__(self, path: Path, dimensions: int, promised: int | None) -> None:
        self.path, self.name, self.dimensions, self.promised = path, path.name, dimensions, promised
        self.size = os.path.getsize(path)
        self._read = 0
        least = (promised or 0) * 2 * dimensions
        if least > self.size:
            raise VectorError(
                f"{path.name}: line 1 promises {promised:,} words of {dimensions:,} numbers, which are at least "
                f"{least:,} bytes; the file has {self.size:,}: it was cut off, or the line is wrong."
            )

    def done(self) -> int:
        """The bytes that were read."""
        return self._read

    def place(self, number: int) -> str:
        """The line of a word."""
        return f"line {number + 1 + self._header:,}"

    @property
    def _header(self) -> int:
        return self.promised is not None

    def blocks(self) -> Iterator[Block]:
        """Read the lines, many at a time."""
        number = 0
        with self.path.open("rb") as file:
            lines = self._lines(file)
            for _ in islice(lines, self._header):
                pass
            while block := list(islice(lines, BLOCK)):
                self._read = file.tell()
                block = self._without_the_end(block, file.read(1) == b"")
                file.seek(self._read)
                if block:
                    parsed = self._parsed(block, number)
                    self._check_promise(number, len(block))
                    yield parsed
                    number += len(block)
        if self.promised is not None and number < self.promised:
            raise VectorError(
                f"{self.name} ends after {self.place(number - 1)}, with {number:,} words of the "
                f"{self.promised:,} that line 1 promises."
            )

    def _lines(self, file: BinaryIO) -> Iterator[bytes]:
        """The lines of a file. One without an end is refused before the next is read: memory stays small."""
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
            if len(line) == LONGEST_LINE:
                raise VectorError(f"{self.name}, line {number:,}: the line is longer than {LONGEST_LINE:,} bytes.")
            yield line

    def _without_the_end(self, block: list[bytes], at_end: bool) -> list[bytes]:
        """Blank lines at the end of the file are no words."""
        while at_end and block and not block[-1].strip():
            block.pop()
        return block

    def _check_promise(self, number: int, count: int) -> None:
        if self.promised is not None and number + count > self.promised:
            raise VectorError(
                f"{self.name}, {self.place(self.promised)}: there are more words than the {self.promised:,} "
                "that line 1 promises."
            )

    def _parsed(self, lines: list[bytes], first: int) -> Block:
        """Take the lines apart, the quick way where all are as they mostly are."""
        pairs = [_quickly_split(line, self.dimensions) for line in lines]
        if all(pair is not None for pair in pairs):
            block = self._block(pairs)  # type: ignore[arg-type]
            if block is not None:
                return block
        pairs = [_split(line, self.dimensions) for line in lines]
        for number, (line, pair) in enumerate(zip(lines, pairs, strict=True), first):
            if problem := self._problem(line, pair):
                raise VectorError(f"{self.name}, {self.place(number)}: {problem}.")
        block = self._block(pairs)  # type: ignore[arg-type]
        if block is None:  # each number could be read by itself
            raise VectorError(f"{self.name}, from {self.place(first)} on: the numbers cannot be read.")
        return block

    def _block(self, pairs: list[tuple[bytes, bytes]]) -> Block | None:
        words, numbers = zip(*pairs, strict=True)
        rows = _numbers(b" ".join(numbers))
        if rows is None or len(rows) != len(words) * self.dimensions:
            return None
        return Block(list(words), rows.reshape(len(words), self.dimensions))

    def _problem(self, line: bytes, pair: tuple[bytes, bytes] | None) -> str:
        """What is wrong with a line; nothing where it is right."""
        if not line.strip():
            return "the line is empty"
        if pair is None:
            count = len(line.split()) - 1
            at_the_end = "" if line.endswith(b"\n") else "; the file ends there and was perhaps cut off"
            numbers = "number" if count == 1 else "numbers"
            return f"{shown(line.split()[0])} has {count:,} {numbers}, the others have {self.dimensions:,}{at_the_end}"
        wrong = next((field for field in pair[1].split() if not _is_number(field)), None)
        return "" if wrong is None else f"{shown(wrong)} is not a number"


def shown(word: bytes) -> str:
    """Bytes of a file as they can be put into a sentence."""
    text = word[:40].decode(errors="backslashreplace") + ("…" if len(word) > 40 else "")
    return "'" + "".join(character if character.isprintable() else "?" for character in text) + "'"


def counts(line: bytes) -> tuple[int, int] | None:
    """The number of words and of dimensions where a line is a first line of word2vec's, else None."""
    fields = line.split()
    if len(fields) != 2 or not all(field.isdigit() and len(field) < 12 for field in fields):
        return None
    return int(fields[0]), int(fields[1])


def dimensions_of(line: bytes) -> int:
    """How many numbers a line of GloVe's ends with; 0 where it is none."""
    fields = line.split()
    count = 0
    for field in reversed(fields[1:]):
        if not _is_number(field):
            break
        count += 1
    return count if count <= MOST_DIMENSIONS else 0


def _quickly_split(line: bytes, dimensions: int) -> tuple[bytes, bytes] | None:
    """The word of a line, and its numbers, where a single blank stands between any two; None where it may be else."""
    word, _, numbers = line.strip(b" \r\n").partition(b" ")
    if numbers.count(b" ") != dimensions - 1 or not word or b"  " in line or b"\t" in line:
        return None
    return word, numbers


def _split(line: bytes, dimensions: int) -> tuple[bytes, bytes] | None:
    """The word of a line, and its numbers; None where there are more or fewer of them.

    A word may have blanks in it, as some of GloVe's do: not a word and then a number more.
    """
    fields = line.split()
    extra = len(fields) - 1 - dimensions
    if extra < 0 or (extra and any(map(_is_number, fields[1 : 1 + extra]))):
        return None
    return b" ".join(fields[: 1 + extra]), b" ".join(fields[1 + extra :])


def _numbers(text: bytes) -> np.ndarray | None:
    """Numbers with blanks between them; None where something else is among them, of which older numpy only warns."""
    try:
        with warnings.catch_warnings(action="error", category=DeprecationWarning):
            return np.fromstring(text, dtype=np.float32, sep=" ")
    except (ValueError, DeprecationWarning):
        return None


def _is_number(field: bytes) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return b"_" not in field

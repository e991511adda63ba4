"""Converts vectors to the file that opens at once. Rows go through a block at a time: memory stays flat.

Of a word that stands more than once the first counts, as in gensim; how many there were is reported.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from tuilab.vectors.errors import VectorError
from tuilab.vectors.files import MODE, put_in_place
from tuilab.vectors.layout import FORMAT, HEADER, written_header
from tuilab.vectors.sources import Block, Source
from tuilab.vectors.store import normalised
from tuilab.vectors.text import shown
from tuilab.vectors.words import LONGEST, numbers_of, sorted_order, starts_of

Told = Callable[[int, int], None]
_EVERY = 0.1  # seconds from one word of progress to the next
_MOVED = 1 << 14  # rows that are moved at a time
_STRETCH = 1 << 21  # bytes written at a time: Linux then keeps them in huge pages, and reading them is a fifth quicker


class Report(NamedTuple):
    """What was converted: `repeated` words stood once more, the first of them, `first`, at `place`."""

    path: Path
    words: int
    dimensions: int
    repeated: int
    first: str
    place: str

    @property
    def remark(self) -> str:
        """What there is to say of repeated words; nothing where there are none."""
        if not self.repeated:
            return ""
        some = f"{self.repeated:,} words stand" if self.repeated > 1 else "One word stands"
        return f"{some} there once more, {self.first} at {self.place}; the first of each counts."


def convert(
    source: Source, target: Path, told: Told = lambda done, size: None, key: str = "", mode: int = MODE
) -> Report:
    """Write the vectors of a source to `target`, all of them or nothing.

    `told` hears how much of it has been read, `key` says which file it was and is kept in the new one.
    Raises VectorError, OSError.
    """
    try:
        with put_in_place(target, mode) as file:
            return _Conversion(source, file, told).write(target, key)
    except MemoryError:
        raise VectorError(f"There is not enough memory for the words of {source.name}.") from None


class _Conversion:
    """One file being written: rows as they come, then all that is known only at the end, then the header."""

    def __init__(self, source: Source, file: BinaryIO, told: Told) -> None:
        self.source, self.name, self.file, self.told = source, source.name, file, told
        self.text, self.norms, self.count = bytearray(), list[np.ndarray](), 0
        self.unwritten = bytearray()
        self._told = 0.0

    def write(self, target: Path, key: str) -> Report:
        self._write(bytes(HEADER))
        for block in self.source.blocks():
            self._take(block)
        self._write(b"", all_of_it=True)
        self.told(self.source.size, self.source.size)
        if not self.count:
            raise VectorError(f"{self.name} has no words.")
        text, norms = np.frombuffer(self.text, np.uint8), np.concatenate(self.norms)
        starts = starts_of(text)
        order = sorted_order(text, starts)
        repeated = _repeated(text, starts, order)
        if len(repeated):
            where = int(repeated.min())
            first, place = shown(text[starts[where] : starts[where + 1] - 1].tobytes()), self.source.place(where)
            kept = np.ones(self.count, bool)
            kept[repeated] = False
            text, norms = text[np.repeat(kept, np.diff(starts))], norms[kept]
            self._close_up(np.flatnonzero(kept))
            starts = starts_of(text)
            order = sorted_order(text, starts)
        count, dimensions = len(norms), self.source.dimensions
        arrays = {"norms": norms, "starts": starts, "order": order, "words": text}
        for array in arrays.values():
            self.file.write(np.ascontiguousarray(array).data)
        described = {"unit": (np.dtype("<f4"), (count, dimensions))}
        described |= {name: (array.dtype, array.shape) for name, array in arrays.items()}
        report = Report(target, count, dimensions, len(repeated), *((first, place) if len(repeated) else ("", "")))
        self.file.seek(0)
        self.file.write(written_header(described, {"format": FORMAT, "source": key, "remark": report.remark}))
        return report

    def _take(self, block: Block) -> None:
        self._check(block)
        unit, norms = normalised(block.rows)
        if not np.isfinite(norms).all():
            row = int(np.isfinite(norms).argmin())
            word = shown(block.words[row])
            raise VectorError(f"{self._where(row)}: the numbers of {word} are too large for a length.")
        self._write(unit.data)
        self.norms.append(norms)
        self.text += b"\n".join(block.words) + b"\n"
        self.count += len(block.words)
        if len(self.text) > np.iinfo(np.int32).max:
            raise VectorError(f"{self.name}: its words have more than 2 GiB of letters.")
        now = time.monotonic()
        if now - self._told > _EVERY:
            self._told = now
            self.told(self.source.done(), self.source.size)

    def _write(self, data: bytes | memoryview, all_of_it: bool = False) -> None:
        """Write in stretches that begin at multiples of their length, or what is left of one."""
        self.unwritten += data
        size = len(self.unwritten) if all_of_it else len(self.unwritten) // _STRETCH * _STRETCH
        if size:
            with memoryview(self.unwritten) as there:
                self.file.write(there[:size])
            del self.unwritten[:size]

    def _check(self, block: Block) -> None:
        """Raise VectorError where a word or a number cannot be kept."""
        finite = np.isfinite(block.rows).all(axis=1)
        if not finite.all():
            row = int(finite.argmin())
            wrong = block.rows[row][~np.isfinite(block.rows[row])][0]
            raise VectorError(
                f"{self._where(row)}: {shown(block.words[row])} has the number {wrong}, which has no size."
            )
        try:
            b"\n".join(block.words).decode()
            longest = max(map(len, block.words))
            plain = b"" not in block.words and longest <= LONGEST and not any(b"\n" in word for word in block.words)
        except UnicodeDecodeError:
            plain = False
        if not plain:
            for row, word in enumerate(block.words):
                if problem := _problem(word):
                    raise VectorError(f"{self._where(row)}: {problem}")

    def _where(self, row: int) -> str:
        return f"{self.name}, {self.source.place(self.count + row)}"

    def _close_up(self, kept: np.ndarray) -> None:
        """Move rows together, in the file, so that only those of these ids are left."""
        self.file.flush()
        width = 4 * self.source.dimensions
        rows = np.memmap(self.file, np.float32, "r+", HEADER, (self.count, self.source.dimensions))
        for first in range(0, len(kept), _MOVED):
            ids = kept[first : first + _MOVED]
            rows[first : first + len(ids)] = rows[ids]
        rows.flush()
        del rows
        self.file.seek(HEADER + len(kept) * width)
        self.file.truncate()


def _repeated(text: np.ndarray, starts: np.ndarray, order: np.ndarray) -> np.ndarray:
    """The ids of words that stand there a second time or more: next to their likes, where they are sorted."""
    begins, ends = starts[order], starts[order + 1]
    tails = numbers_of(text, np.maximum(begins, ends - 9), ends)
    alike = (np.diff(ends - begins) == 0) & (tails[1:] == tails[:-1])
    words = memoryview(text)  # type: ignore[arg-type]
    found = [
        int(order[place + 1])
        for place in np.flatnonzero(alike)
        if words[begins[place] : ends[place]] == words[begins[place + 1] : ends[place + 1]]
    ]
    return np.array(found, dtype=np.int64)


def _problem(word: bytes) -> str:
    """Why a word cannot be kept, as a sentence; nothing where it can."""
    if not word:
        return "there is no word before the numbers."
    if len(word) > LONGEST:
        return f"the word {shown(word)} has {len(word):,} bytes; {LONGEST:,} are allowed."
    if b"\n" in word:
        return f"the word {shown(word)} has a line break in it."
    try:
        word.decode()
    except UnicodeDecodeError:
        return (
            f"the word {shown(word)} is not UTF-8; where the file is Latin-1, make it UTF-8 first: "
            "iconv -f latin1 -t utf-8 FILE > NEW"
        )
    return ""

"""Vectors that are open: unit rows and words, mapped from a converted file or read from a kept run."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tuilab.vectors.errors import VectorError
from tuilab.vectors.layout import FORMAT, Header, mapped, read_header
from tuilab.vectors.sources import BLOCK, Block
from tuilab.vectors.words import Words

_BLOCK = 1 << 16  # rows that are worked on at a time
_TYPES = {"unit": "<f4", "norms": "<f4", "words": "u1", "starts": "<i4", "order": "<i4"}  # of a converted file


class Vectors:
    """Words and their vectors.

    `unit` is (words, dimensions) float32, rows of length one; `norms` is (words,), how long they were; both may be
    mapped and then cannot be written. `path` is the file, `kept_run` whether it is the state of a run of the words lab,
    `remark` what there was to say when it was converted.
    """

    def __init__(
        self, path: Path, words: Words, unit: np.ndarray, norms: np.ndarray, *, kept_run: bool = False, remark: str = ""
    ) -> None:
        self.path, self.words, self.unit, self.norms = path, words, unit, norms
        self.kept_run, self.remark = kept_run, remark

    def __len__(self) -> int:
        return len(self.unit)

    @property
    def name(self) -> str:
        """The name of the run, or of the file without what stands behind its dot."""
        return self.path.parent.name if self.kept_run else self.path.stem

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self.unit.shape[1])

    def rows(self, first: int, last: int) -> np.ndarray:
        """The vectors as they were, from the id `first` up to `last`, without it."""
        return self.unit[first:last] * self.norms[first:last, None]


class OpenVectors:
    """Vectors that are open, as a source to be converted: those of a run are kept so for longer than the run."""

    def __init__(self, vectors: Vectors) -> None:
        self.vectors, self.name = vectors, vectors.name
        self.dimensions, self.size = vectors.dimensions, len(vectors)
        self._read = 0

    def done(self) -> int:
        """How many words were read."""
        return self._read

    def place(self, number: int) -> str:
        """The number of a word."""
        return f"word {number + 1:,}"

    def blocks(self) -> Iterator[Block]:
        """Read the words, many at a time."""
        for first in range(0, self.size, BLOCK):
            rows = self.vectors.rows(first, min(first + BLOCK, self.size))
            self._read = first + len(rows)
            yield Block([self.vectors.words[first + row].encode() for row in range(len(rows))], rows)


def is_converted(header: Header) -> bool:
    """Whether a file is one of `convert`'s."""
    return header.metadata.get("format") == FORMAT


def open_converted(path: Path) -> Vectors:
    """Open a converted file; nothing but its header is read. Raises VectorError, OSError."""
    parts, metadata = read_header(path)
    try:
        unit, norms, text, starts, order = found = [parts[name] for name in _TYPES]
    except KeyError as missing:
        raise VectorError(f"{path.name} has no {missing.args[0]!r}; it is no file of vectors of tuilab.") from None
    count = unit.shape[0] if len(unit.shape) == 2 else 0
    shapes = [unit.shape, (count,), (text.size,), (count + 1,), (count,)]
    expected = [(np.dtype(kind), shape) for kind, shape in zip(_TYPES.values(), shapes, strict=True)]
    if not unit.size or [(part.dtype, part.shape) for part in found] != expected:
        raise VectorError(f"{path.name}: its arrays do not go together; convert it again.")
    words = Words(mapped(path, text), mapped(path, starts), mapped(path, order))
    return Vectors(path, words, mapped(path, unit), mapped(path, norms), remark=metadata.get("remark", ""))


def open_state(path: Path) -> Vectors:
    """Open what a run of the words lab has kept: its vectors are brought to length one in memory.

    Raises VectorError, OSError.
    """
    parts = read_header(path).parts
    vectors, text = parts.get("parameter.vectors"), parts.get("words")
    if vectors is None or text is None or len(vectors.shape) != 2 or not vectors.size:
        raise VectorError(
            f"{path} has no word vectors: it is neither tuilab's own file of them nor a run of the words lab."
        )
    words = Words.of(mapped(path, text).tobytes())
    if len(words) != vectors.shape[0]:
        raise VectorError(f"{path} has {len(words):,} words for {vectors.shape[0]:,} vectors; train again.")
    unit, norms = normalised(mapped(path, vectors))
    if not np.isfinite(norms).all():
        raise VectorError(f"The vectors of {path.parent.name} ran away; train again, with a smaller learning rate.")
    return Vectors(path, words, unit, norms, kept_run=True)


def normalised(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of length one, (words, dimensions) float32, and how long they were; a row of zeros stays one."""
    unit, norms = np.empty(rows.shape, np.float32), np.empty(len(rows), np.float32)
    for first in range(0, len(rows), _BLOCK):
        block = rows[first : first + _BLOCK]
        lengths = np.sqrt(np.einsum("ij,ij->i", block, block, dtype=np.float64))
        with np.errstate(over="ignore", invalid="ignore"):  # a length that is too large for float32 is inf
            norms[first : first + _BLOCK] = lengths
            unit[first : first + _BLOCK] = block / np.where(lengths > 0, lengths, 1)[:, None]
    return unit, norms

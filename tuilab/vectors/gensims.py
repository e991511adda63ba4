"""Vectors as gensim saves them, opened and saved by gensim itself, an extra: `pip install 'tuilab[gensim]'`.

What gensim saves is a pickle, and opening a pickle runs whatever is written in it. So none is opened unless the learner
has said, of this very file, that it may be; see SECURITY.md.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tuilab.vectors.errors import VectorError
from tuilab.vectors.files import put_in_place
from tuilab.vectors.sources import BLOCK, Block
from tuilab.vectors.store import OpenVectors, Vectors

REFUSAL = (
    "is Python's pickle, as gensim saves it, and opening one runs what is written in it. If you trust whoever made it, "
    "convert it once, where gensim is installed (pip install 'tuilab[gensim]'): tuilab convert {path} --trust"
)


class GensimVectors:
    """gensim's KeyedVectors, or those of one of its models."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name
        self._keyed = _load(path)
        self.words: list[str] = self._keyed.index_to_key
        self.size, self.dimensions = len(self.words), int(self._keyed.vector_size)
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
            words = self.words[first : first + BLOCK]
            rows = np.ascontiguousarray(self._keyed.vectors[first : first + len(words)], dtype=np.float32)
            if rows.shape != (len(words), self.dimensions):
                raise VectorError(f"{self.path.name}, {self.place(first)}: gensim has no vectors for these words.")
            self._read = first + len(words)
            yield Block([str(word).encode(errors="surrogateescape") for word in words], rows)


def save_gensim(path: Path, vectors: Vectors) -> None:
    """Write gensim's own KeyedVectors, in a single file. Raises VectorError where gensim is missing, OSError."""
    keyed = _keyed_vectors()(vectors.dimensions, len(vectors), dtype=np.float32)
    words = list[str]()
    for block in OpenVectors(vectors).blocks():
        keyed.vectors[len(words) : len(words) + len(block.words)] = block.rows
        words += [word.decode() for word in block.words]
    keyed.index_to_key, keyed.key_to_index = words, {word: id for id, word in enumerate(words)}
    keyed.next_index = len(words)
    with put_in_place(path) as file:
        keyed.save(file, pickle_protocol=5)  # which needs no second copy of the numbers


def _load(path: Path) -> Any:
    KeyedVectors = _keyed_vectors()
    try:
        found = KeyedVectors.load(str(path), mmap="r")
        keyed = getattr(found, "wv", found)
        _ = keyed.index_to_key, keyed.vector_size, keyed.vectors
    except Exception as error:  # a pickle can fail in any way
        raise VectorError(f"gensim cannot open {path.name} as vectors: {error!r:.200}.") from None
    return keyed


def _keyed_vectors() -> Any:
    """gensim's class for vectors with their words."""
    try:
        from gensim.models import KeyedVectors
    except ImportError:
        raise VectorError("This needs gensim, which is not installed: pip install 'tuilab[gensim]'") from None
    return KeyedVectors

"""What reads a file of vectors from its first word to its last, a block at a time."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np

BLOCK = 1024  # words
MOST_WORDS, MOST_DIMENSIONS = 100_000_000, 10_000


class Block(NamedTuple):
    """Words and their vectors, (words, dimensions) float32."""

    words: list[bytes]
    rows: np.ndarray


class Source(Protocol):
    """A file of vectors. Whatever is wrong with it raises VectorError with a sentence."""

    name: str  # what sentences call it
    dimensions: int
    size: int  # how much there is to read, in whatever `done` counts

    def blocks(self) -> Iterator[Block]:
        """Every word, in the order of the file; no block is empty."""

    def done(self) -> int:
        """How much has been read, of `size`."""

    def place(self, number: int) -> str:
        """Where the word of this number stands: 'line 17'."""

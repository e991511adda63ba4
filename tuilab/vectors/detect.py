"""What kind of file of vectors it is, told from its first bytes; its name says nothing."""

import codecs
import re
from pathlib import Path

from tuilab.vectors.errors import VectorError
from tuilab.vectors.layout import is_safetensors
from tuilab.vectors.sources import MOST_DIMENSIONS, MOST_WORDS, Source
from tuilab.vectors.text import LONGEST_LINE, TextVectors, counts, dimensions_of, shown
from tuilab.vectors.word2vec import BinaryVectors

_BEGINNING = 1 << 16
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")  # in no text; in the numbers of a binary file all the time
_PACKED = {b"\x1f\x8b": "gunzip", b"PK\x03\x04": "unzip", b"BZh": "bunzip2", b"\xfd7zXZ": "unxz", b"7z\xbc\xaf": "7z x"}
KINDS = "word2vec (text or binary), GloVe (text), safetensors of tuilab, and gensim's own"


def beginning_of(path: Path) -> bytes:
    """The first bytes of a file. Raises VectorError where it is none, or empty."""
    if not path.exists():
        raise VectorError(f"There is no file {path}.")
    if not path.is_file():
        raise VectorError(f"{path} is no file; name a file of vectors.")
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if not beginning:
        raise VectorError(f"{path.name} is empty.")
    return beginning


def is_pickle(beginning: bytes) -> bool:
    """Whether it begins as Python's pickles do, and so what gensim saves."""
    return beginning[:1] == b"\x80" and beginning[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05")


def source_of(path: Path) -> Source:
    """What reads a file of word2vec's or GloVe's. Raises VectorError, OSError."""
    beginning = beginning_of(path)
    for magic, program in _PACKED.items():
        if beginning.startswith(magic):
            raise VectorError(f"{path.name} is compressed; unpack it first: {program} {path.name}")
    if beginning.startswith(codecs.BOM_UTF8):
        raise VectorError(
            f"{path.name} begins with a byte order mark, which would become part of a word; leave it out: "
            f"tail -c +4 {path.name} > NEW"
        )
    if is_safetensors(beginning):
        raise VectorError(f"{path.name} is a safetensors file already, which is opened as it is or not at all.")
    line, newline, rest = beginning.partition(b"\n")
    if not newline:  # a line of many dimensions
        with path.open("rb") as file:
            line = file.readline(LONGEST_LINE)
    if (promised := counts(line)) is not None:
        words, dimensions = promised
        _check_counts(path, words, dimensions)
        if _CONTROL.search(rest):
            return BinaryVectors(path, dimensions, words, len(line) + len(newline))
        return TextVectors(path, dimensions, words)
    dimensions = 0 if _CONTROL.search(line) else dimensions_of(line)
    if not dimensions:
        raise VectorError(f"{path.name} begins with {shown(line)}: that is no file of vectors. There are: {KINDS}.")
    return TextVectors(path, dimensions, None)


def _check_counts(path: Path, words: int, dimensions: int) -> None:
    if not 1 <= words <= MOST_WORDS or not 1 <= dimensions <= MOST_DIMENSIONS:
        raise VectorError(
            f"{path.name}: line 1 says {words:,} words of {dimensions:,} numbers; there are from 1 to {MOST_WORDS:,} "
            f"words of 1 to {MOST_DIMENSIONS:,} numbers."
        )

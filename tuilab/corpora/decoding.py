"""A file's bytes as text, in blocks. What is no text is refused with the line and the byte."""

import codecs
from collections.abc import Callable, Iterator
from pathlib import Path

from tuilab.corpora.corpus import CorpusError

ENCODINGS = ("auto", "latin-1")  # auto: UTF-8, or what a byte order mark says
_BLOCK = 1 << 18  # bytes
_MARKS = ((codecs.BOM_UTF8, "UTF-8"), (codecs.BOM_UTF16_LE, "UTF-16-LE"), (codecs.BOM_UTF16_BE, "UTF-16-BE"))
_DECODERS: dict[str, Callable[[bytes, str, bool], tuple[str, int]]] = {
    "UTF-8": codecs.utf_8_decode,
    "UTF-16-LE": codecs.utf_16_le_decode,
    "UTF-16-BE": codecs.utf_16_be_decode,
    "latin-1": lambda data, errors, final: codecs.latin_1_decode(data, errors),
}


def blocks(path: Path, encoding: str = "auto") -> Iterator[str]:
    """The text of a file, a quarter of a MiB at a time. Raises CorpusError; bytes count from 0, lines from 1."""
    try:
        with path.open("rb") as file:
            data = file.read(_BLOCK)
            codec, at = _codec(data, encoding)
            data, line = data[at:], 1
            while data:
                more = file.read(_BLOCK)
                text, used = _decode(path, data, codec, not more, (at, line))
                yield text
                at, line, data = at + used, line + text.count("\n"), data[used:] + more
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror or error}.") from None


def is_binary(path: Path) -> bool:
    """Whether a file begins as no text does: with a NUL among its first bytes. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(8192)
    return b"\0" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _codec(head: bytes, encoding: str) -> tuple[str, int]:
    """The codec of a file that begins so, and the length of its byte order mark."""
    if encoding not in ENCODINGS:
        raise CorpusError(f"encoding={encoding} is not known: {' or '.join(ENCODINGS)}.")
    if encoding != "auto":
        return encoding, 0
    return next(((codec, len(mark)) for mark, codec in _MARKS if head.startswith(mark)), ("UTF-8", 0))


def _decode(path: Path, data: bytes, codec: str, final: bool, begin: tuple[int, int]) -> tuple[str, int]:
    """Text, and how many bytes it was; `begin` is the byte and the line at which the data begin."""
    wrong = None
    try:
        text, used = _DECODERS[codec](data, "strict", final)
    except UnicodeDecodeError as error:
        wrong, used = error.start, 0
        text = "" if codec.startswith("UTF-16") else data.decode("latin-1")  # a NUL anywhere says more than this byte
    nul = text.find("\0")
    if nul >= 0:
        before = text[:nul].encode(codec if wrong is None else "latin-1")
        raise CorpusError(f"{_where(path, before, codec, begin)}: a NUL, which no text has; this file is binary.")
    if wrong is not None:
        advice = "; if the file is Latin-1, say encoding=latin-1" if codec == "UTF-8" else ""
        place = _where(path, data[:wrong], codec, begin)
        raise CorpusError(f"{place}: 0x{data[wrong]:02x} is not {codec}{advice}.")
    return text, used


def _where(path: Path, before: bytes, codec: str, begin: tuple[int, int]) -> str:
    """The place in a file after these bytes."""
    at, line = begin[0] + len(before), begin[1] + before.decode(codec, "ignore").count("\n")
    return f"{path}, line {line}, byte {at}"

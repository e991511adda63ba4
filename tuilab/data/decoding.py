"""A file's bytes as lines of text: UTF-8, UTF-16 with its mark, or else Latin-1, which is said."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from tuilab.data.errors import DataError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK = 1 << 20  # bytes
_LONGEST = 1 << 20  # letters of a line; a file without line ends shall not fill the memory


def encoding_of(path: Path) -> str:
    """The encoding of a file: what its mark says, UTF-8 where all of it is that, else Latin-1.

    Raises DataError where it is no text, OSError.
    """
    with path.open("rb") as file:
        data = file.read(_BLOCK)
        marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
        if marked is None and b"\0" in data:
            raise DataError(f"{path.name} is no text: it has a byte of nought; save the table as CSV in UTF-8.")
        decoder = codecs.getincrementaldecoder(marked or "utf-8")()
        try:
            while data:
                decoder.decode(data)
                data = file.read(_BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            if marked is not None:
                raise DataError(f"{path.name} begins as {marked} and is not: {error.reason}; save it anew.") from None
            return "latin-1"
    return marked or "utf-8"


def lines(path: Path, encoding: str) -> Iterator[str]:
    """The lines of a file, their ends as they are. Raises DataError where one has a NUL, or is endless."""
    with path.open(encoding=encoding, newline="") as file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST), ""), 1):
            if "\0" in line:
                raise DataError(f"{path.name}, row {number}: a byte of nought, which no text has; save the table anew.")
            if len(line) == _LONGEST:
                raise DataError(f"{path.name}, row {number}: the row does not end; a table has a line for each row.")
            yield line

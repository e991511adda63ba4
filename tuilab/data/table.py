"""A file as a table: its separator, its header, its rows one by one with their numbers."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tuilab.data.dates import is_date
from tuilab.data.decoding import encoding_of, lines
from tuilab.data.errors import DataError, printable
from tuilab.data.numbers import STYLES, is_missing

SEPARATORS = ("\t", ";", "|", ",")  # a comma may stand in numbers, so it is the last to be taken for one
_SIGNS = {"\t": "a tab", ";": "a semicolon", "|": "a bar", ",": "a comma"}
_SAID = re.compile(r'"?sep=([\t;|,])"?[\r\n]*', re.IGNORECASE)  # a first line that tells Excel the separator
SAMPLE = 1000  # rows that the columns are judged by
Row = tuple[int, list[str]]  # its number, the first is 1 and empty ones count, and its cells


@dataclass(frozen=True)
class Table:
    """How a file is to be read; `names` are those of its columns, `sample` its first rows below the header."""

    path: Path
    encoding: str
    separator: str
    has_header: bool
    names: list[str]
    sample: list[Row]

    def rows(self) -> Iterator[Row]:
        """All rows below the header that are not empty. Raises DataError where one cannot be read."""
        for row, cells in islice(_rows(self.path, self.encoding, self.separator), int(self.has_header), None):
            if len(cells) > len(self.names) and any(cells[len(self.names) :]):
                raise DataError(
                    f"{self.path.name}, row {row}: {len(cells)} cells, and there are {len(self.names)} columns; where "
                    f"a cell has {_SIGNS[self.separator]} in it, put it in quotation marks."
                )
            yield row, cells

    def column(self, wanted: str) -> int:
        """The place of a column by its name, or by its number from 1. Raises DataError where it is not there."""
        places = [place for place, name in enumerate(self.names) if name == wanted]
        places = places or [place for place, name in enumerate(self.names) if name.lower() == wanted.lower()]
        if not places and wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= len(self.names):
            places = [int(wanted) - 1]
        if not places:
            raise DataError(f"{self.path.name} has no column {wanted!r}; it has {told(self.names)}.")
        if len(places) > 1:
            numbers = " or ".join(f"column={place + 1}" for place in places)
            raise DataError(f"{self.path.name} has {len(places)} columns {wanted!r}; say which by number: {numbers}.")
        return places[0]


def open_table(path: Path) -> Table:
    """Look at the beginning of a file. Raises DataError, OSError."""
    encoding = encoding_of(path)
    separator = _separator(path, encoding)
    sample = list(islice(_rows(path, encoding, separator), SAMPLE + 1))
    if not sample:
        raise DataError(f"{path.name} has no rows; it needs a row for each value.")
    first = sample[0][1]
    has_header = not any(_is_value(cell) for cell in first)
    named = [printable(name.strip()) for name in first] if has_header else [""] * len(first)
    names = [name or f"column {place}" for place, name in enumerate(named, 1)]
    if has_header and len(sample) == 1:
        raise DataError(f"{path.name} has a header, {told(names)}, and no rows below it.")
    return Table(path, encoding, separator, has_header, names, sample[int(has_header) :][:SAMPLE])


def told(names: list[str]) -> str:
    """The names of columns as they are said; not all of very many."""
    shown = ", ".join(name if len(name) <= 30 else name[:30] + "…" for name in names[:8])
    return shown + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def _separator(path: Path, encoding: str) -> str:
    """What stands between the cells: the first that cuts all rows of the beginning into as many, more than one."""
    first = next(lines(path, encoding), "")
    if said := _SAID.fullmatch(first):
        return said[1]
    for separator in SEPARATORS:
        try:
            widths = {len(cells) for _, cells in islice(_rows(path, encoding, separator), SAMPLE)}
        except DataError:
            continue  # what is wrong is said when the separator is known
        if len(widths) == 1 and widths != {1}:
            return separator
    return next((separator for separator in SEPARATORS if separator in first), ",")


def _rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    number = 0
    all_lines = enumerate(lines(path, encoding))
    content = ("\n" if place == 0 and _SAID.fullmatch(line) else line for place, line in all_lines)
    try:
        for number, cells in enumerate(csv.reader(content, delimiter=separator, strict=True), 1):
            if any(cells) and any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        about = "a quotation mark that is not closed, or has letters behind it" if "limit" not in str(error) else error
        raise DataError(f"{path.name}, row {number + 1}: {about}; correct the quotation marks.") from None


def _is_value(cell: str) -> bool:
    """Whether a cell is what stands below a header: a number or a date."""
    return not is_missing(cell) and (any(style.reads(cell) for style in STYLES) or is_date(cell))

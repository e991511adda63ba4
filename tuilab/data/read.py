"""Reads a table: finds the column of dates and that of values, and reads every row of the two."""

import math
from array import array
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from tuilab.data import distance
from tuilab.data.dates import DAY_FIRST, MONTH_FIRST, Format, formats_of
from tuilab.data.errors import DataError, printable
from tuilab.data.numbers import STYLES, Style, is_missing, style_of
from tuilab.data.series import Cells, Series, Source, arrange
from tuilab.data.table import Table, open_table, told

MOST_ROWS = 1_000_000
_NUMBERS = 0.9  # the share of equal steps by which a column of numbers is taken for one that counts the rows


def read_series(path: Path, column: str = "") -> Series:
    """The values of a column in the order of their dates. Raises DataError, OSError."""
    table = open_table(path)
    formats, dated = _find_dates(table, column)
    valued = table.column(column) if column else _find_values(table, dated)
    if valued == dated:
        raise DataError(f"{path.name}: column {column} has the dates; name the one that has the values.")
    reading = _Reading(table, valued, dated, formats)
    reading.read()
    return reading.series()


def _find_dates(table: Table, column: str) -> tuple[list[Format], int | None]:
    """The first column whose cells are dates, and how they may be written; or one that counts the rows."""
    for place in range(len(table.names)):
        if found := formats_of(_texts(table, place), numbered=place == 0 and len(table.names) > 1):
            return found, place
    if len(table.names) > 1 and table.names[0] != column and _counts(table):
        return [], 0
    return [], None


def _counts(table: Table) -> bool:
    """Whether the first column holds numbers that go up by equal steps."""
    texts = _texts(table, 0)
    style = style_of(texts, table.separator)
    if style is None or len(texts) < 3 or any(map(is_missing, texts)):
        return False
    steps = [later - earlier for earlier, later in pairwise(style.read(text) for text in texts)]
    usual = sorted(steps)[len(steps) // 2]
    return usual > 0 and sum(abs(step - usual) < 1e-6 * usual for step in steps) >= _NUMBERS * len(steps)


def _find_values(table: Table, dated: int | None) -> int:
    """The only column of numbers. Raises DataError where there is none, or a choice."""
    columns = [place for place in range(len(table.names)) if place != dated and _style(table, place) is not None]
    if not columns:
        row, cells = table.sample[0]
        raise DataError(f"{table.path.name} has no column of numbers; row {row} is {told(cells)}.")
    if len(columns) > 1:
        names = [table.names[place] for place in columns]
        raise DataError(
            f"{table.path.name} has {len(columns)} columns of numbers, {told(names)}; say which, as column={names[0]}."
        )
    return columns[0]


def _style(table: Table, place: int) -> Style | None:
    """How the numbers of a column are written; None where less than half of its cells are numbers."""
    texts = [text for text in _texts(table, place) if not is_missing(text)]
    if found := style_of(texts, table.separator):
        return found
    fits = [sum(style.reads(text) for text in texts) for style in STYLES]
    return STYLES[fits.index(max(fits))] if texts and 2 * max(fits) >= len(texts) else None


def _texts(table: Table, place: int) -> list[str]:
    return [_cell(cells, place) for _, cells in table.sample]


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


class _Reading:
    """All rows of two columns. What the dates are counted in is seconds, or what the first column counts in."""

    def __init__(self, table: Table, valued: int, dated: int | None, formats: list[Format]) -> None:
        self.table, self.valued, self.dated, self.formats = table, valued, dated, formats
        self.style = self._style_of_values()
        self.counted = _style(table, dated) if dated is not None and not formats else None
        self.values, self.rows = array("d"), array("q")
        self.moments = [array("d") for _ in range(max(1, len(formats)))]
        self.texts: list[str] = []

    def _style_of_values(self) -> Style:
        style = _style(self.table, self.valued)
        if style is None:
            row, cells = self.table.sample[0]
            what = f"{_cell(cells, self.valued)[:40]!r} is no number, nor are most below it; name another column"
            raise self._wrong(row, self.valued, what)
        return style

    def read(self) -> None:
        """Read them all. Raises DataError at the first that cannot be."""
        for row, cells in self.table.rows():
            if len(self.rows) == MOST_ROWS:
                raise DataError(
                    f"{self.table.path.name} has more than {MOST_ROWS:,} rows; take the newest, or add some up."
                )
            self.rows.append(row)
            self._value(row, cells)
            if self.dated is not None:
                self._date(row, cells)

    def _value(self, row: int, cells: list[str]) -> None:
        if self.valued >= len(cells):
            count = f"{len(cells)} cell{'s' if len(cells) != 1 else ''}"
            raise self._wrong(row, self.valued, f"the row has only {count}; write one, or take the row out")
        try:
            self.values.append(self.style.read(cells[self.valued]))
        except ValueError:
            raise self._wrong(row, self.valued, self.style.refusal(cells[self.valued])) from None

    def _date(self, row: int, cells: list[str]) -> None:
        assert self.dated is not None
        text = _cell(cells, self.dated)
        self.texts.append(text.strip())
        for place in range(len(self.moments) - 1, -1, -1):
            try:
                moment = self.formats[place].seconds(text) if self.formats else self._number(text)
                self.moments[place].append(moment)
            except ValueError:
                if len(self.moments) > 1:  # the other way of reading it is left
                    del self.moments[place], self.formats[place]
                    continue
                example = f"date as {self.formats[place].example}" if self.formats else "number"
                wrong = f"{text[:40]!r} is no {example}, as the other rows have; correct it, or take the row out"
                raise self._wrong(row, self.dated, wrong) from None

    def _number(self, text: str) -> float:
        assert self.counted is not None
        number = self.counted.read(text)
        if math.isnan(number):
            raise ValueError
        return number

    def _wrong(self, row: int, place: int, what: str) -> DataError:
        return DataError(f"{self.table.path.name}, row {row}, column {self.table.names[place]}: {what}.")

    def series(self) -> Series:
        """What was read, in order. Raises DataError."""
        notes = list[str]()
        name = printable(self.table.path.name)
        if self.table.encoding == "latin-1":
            notes.append(f"{name} is not UTF-8 and was read as Latin-1.")
        values, rows = np.array(self.values), np.array(self.rows)
        if len(values) < 2:
            raise DataError(f"{name} has {len(values)} row of values; a series needs more.")
        if self.dated is None:
            found, places = distance.of_rows(len(values))
            cells = Cells(values, rows, places, [], "")
        else:
            cells, found = self._by_date(values, rows, notes)
        series = arrange(cells, found, (name, self.table.names[self.valued]), notes)
        in_order = len(series.values) == len(values) and bool((series.values == values).all())
        return replace(series, source=self._source()) if in_order else series

    def _source(self) -> Source:
        table, style = self.table, self.style
        return Source(
            str(table.path),
            table.encoding,
            table.separator,
            style.decimal,
            style.thousands,
            table.has_header,
            self.valued,
        )

    def _by_date(self, values: np.ndarray, rows: np.ndarray, notes: list[str]) -> tuple[Cells, distance.Distance]:
        moments = self._moments(notes)
        if (late := np.flatnonzero(np.diff(moments) < 0)).size:
            at = int(late[0]) + 1
            notes.append(f"Row {rows[at]} ({self.texts[at]}) comes after a later date: the rows were put in order.")
        order = np.argsort(moments, kind="stable")
        order = order[self._first_of_each(moments, order, values, notes)]
        if len(order) < 2:
            raise DataError(f"{self.table.path.name} has values for one date only; a series needs more.")
        by = distance.of_dates if self.formats else distance.of_numbers
        found, places = by(moments[order])
        assert self.dated is not None
        where = f"{self.table.path.name}, row {{row}}, column {self.table.names[self.dated]}".replace("{row}", "\0")
        where = where.replace("{", "{{").replace("}", "}}").replace("\0", "{row}")
        return Cells(values[order], rows[order], places, [self.texts[at] for at in order], where), found

    def _moments(self, notes: list[str]) -> np.ndarray:
        """The dates; where day and month could be either, as they are at the more equal distances."""
        read = [np.array(each) for each in self.moments]
        if len(read) == 1:
            return read[0]
        steps = [np.diff(np.unique(each)) for each in read]
        uneven = [each.max() / np.median(each) if each.size else np.inf for each in steps]
        best = uneven.index(min(uneven))
        told_as = {DAY_FIRST: "day, month, year", MONTH_FIRST: "month, day, year"}.get(self.formats[best], "it stands")
        notes.append(f"Dates such as {self.texts[0]} can be read in two ways: they were read as {told_as}.")
        self.formats = [self.formats[best]]
        return read[best]

    def _first_of_each(
        self, moments: np.ndarray, order: np.ndarray, values: np.ndarray, notes: list[str]
    ) -> np.ndarray:
        """Which of the ordered rows to keep: of those with one date the first, if they say the same."""
        again = np.flatnonzero(np.diff(moments[order]) == 0)
        for place in again.tolist():
            one, other = order[place], order[place + 1]
            if values[one] != values[other]:
                raise DataError(
                    f"{self.table.path.name}, row {self.rows[other]}, column {self.table.names[self.valued]}: row "
                    f"{self.rows[one]} has the same date, {self.texts[other]}, and {values[one]:g} instead of "
                    f"{values[other]:g}; keep one of the two."
                )
        if again.size:
            one, other = order[again[0]], order[again[0] + 1]
            more = f", and {again.size - 1:,} more" if again.size > 1 else ""
            notes.append(
                f"Row {self.rows[other]} says {self.texts[other]} again, as row {self.rows[one]}{more}: counted once."
            )
        return np.concatenate([[True], np.diff(moments[order]) != 0])

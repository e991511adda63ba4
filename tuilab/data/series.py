"""A column of a table as a time series: in order, a value for each place, and what was done to get there."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tuilab.data.distance import Distance
from tuilab.data.errors import DataError

MOST_MADE_UP = 0.1  # of the values; a series with more of them is refused
_SHOWN = 3  # places that a sentence names


@dataclass(frozen=True)
class Source:
    """How a file is read whose rows are the series, in the order in which they stand there."""

    path: str
    encoding: str
    separator: str
    decimal: str
    thousands: str
    has_header: bool
    place: int


@dataclass(frozen=True)
class Series:
    """The values of a column at equal distances; `filled` says which of them were not there.

    `notes` are sentences about what was found and done. There is a `source` where nothing had to be put in order.
    """

    name: str
    column: str
    values: np.ndarray
    filled: np.ndarray
    distance: Distance
    notes: tuple[str, ...]
    source: Source | None = None

    def label(self, place: int) -> str:
        """The date of a value, or what it is counted by."""
        return self.distance.label(place)


@dataclass(frozen=True)
class Cells:
    """What stands in a column: values (NaN where there is none), their rows, and the places these have.

    All ascend by place; `texts` are the dates as they stand there.
    """

    values: np.ndarray
    rows: np.ndarray
    places: np.ndarray
    texts: Sequence[str]
    where: str  # of the dates: the file, and the column's name


def arrange(cells: Cells, distance: Distance, names: tuple[str, str], notes: list[str]) -> Series:
    """Put the values at their places, and fill those that are not there with straight lines between their neighbours.

    Raises DataError where that makes up more than a tenth of them, or a date does not fit.
    """
    _check_places(cells, distance)
    there = np.isfinite(cells.values)
    if there.sum() < 2:
        raise DataError(f"{names[0]}, column {names[1]}, has {int(there.sum())} values; a series needs more.")
    places = cells.places.astype(int)
    first, last = places[there][0], places[there][-1]
    if ends := int((places < first).sum() + (places > last).sum()):
        notes.append(f"{_counted(ends)} at the beginning or the end without a value: left out.")
    count = int(last - first) + 1
    absent = count - int(there.sum())
    if absent > MOST_MADE_UP * count:
        raise DataError(_too_many(cells, distance, names, (absent, count)))
    values = np.full(count, np.nan)
    values[places[there] - first] = cells.values[there]
    filled = np.isnan(values)
    known = np.flatnonzero(~filled)
    values[filled] = np.interp(np.flatnonzero(filled), known, values[known])
    shifted = Distance(distance.name, distance.season, distance.row, lambda place: distance.label(int(first) + place))
    if absent:
        notes.append(_gaps(cells, shifted, filled, int(first)))
    if np.ptp(values) == 0:
        raise DataError(
            f"{names[0]}, column {names[1]}: all {count:,} values are {values[0]:g}; there is nothing to forecast. "
            "Name another column."
        )
    return Series(*names, values, filled, shifted, tuple(notes))


def _check_places(cells: Cells, distance: Distance) -> None:
    """Every date has to be a whole number of distances from the first, and no two at one place."""
    wrong = np.flatnonzero(cells.places != np.rint(cells.places))
    if len(wrong):
        at = int(wrong[0])
        raise DataError(
            f"{cells.where.format(row=cells.rows[at])}: {cells.texts[at]} does not fit, for the rows are "
            f"{distance.name} otherwise; correct it, or make a row for each {distance.row} first."
        )
    same = np.flatnonzero(np.diff(cells.places) == 0)
    if len(same):
        one, other = int(same[0]), int(same[0]) + 1
        raise DataError(
            f"{cells.where.format(row=cells.rows[other])}: {cells.texts[other]} is in the same {distance.row} as "
            f"{cells.texts[one]} in row {cells.rows[one]}, and the rows are {distance.name} otherwise; keep one, or "
            "add them up first."
        )


def _gaps(cells: Cells, distance: Distance, filled: np.ndarray, first: int) -> str:
    """Which values were not there: rows that have none, and places that have no row."""
    row_of = dict(zip((cells.places.astype(int) - first).tolist(), cells.rows.tolist(), strict=True))
    absent = np.flatnonzero(filled).tolist()
    named = [f"{distance.label(at)} ({f'row {row_of[at]}' if at in row_of else 'no row'})" for at in absent[:_SHOWN]]
    more = f" and {len(absent) - _SHOWN:,} more" if len(absent) > _SHOWN else ""
    values, by = ("value is", "a straight line") if len(absent) == 1 else ("values are", "straight lines")
    return f"{len(absent):,} {values} missing, {', '.join(named)}{more}: filled in by {by}."


def _too_many(cells: Cells, distance: Distance, names: tuple[str, str], counts: tuple[int, int]) -> str:
    there = np.flatnonzero(np.isfinite(cells.values))
    widest = int(np.argmax(np.diff(cells.places[there])))
    one, other = int(there[widest]), int(there[widest + 1])
    return (
        f"{names[0]}, column {names[1]}: {counts[0]:,} of {counts[1]:,} values are missing, more than a tenth, "
        f"most between row {cells.rows[one]} and row {cells.rows[other]} (the rows are {distance.name} otherwise); "
        "fill the gaps, or take the part behind them."
    )


def _counted(count: int) -> str:
    return "One row" if count == 1 else f"{count:,} rows"

"""How far apart the rows of a series are: found out from their dates, or their numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from tuilab.data.dates import DAY

Places = np.ndarray
_SEASONS = {DAY: 7, 7 * DAY: 52}  # rows in a season, by the seconds between rows; of parts of a day it is the day
_MONTHLY = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
_MONTH = 30.44 * DAY
_NEARLY = 1e-3  # of a distance, by which numbers may be off


@dataclass(frozen=True)
class Distance:
    """The distance between two rows: what it is called, the rows in a season (1: none is known), what a row is called.

    `label` names the row at a place, counted from the first one.
    """

    name: str
    season: int
    row: str
    label: Callable[[int], str]


def of_dates(moments: np.ndarray) -> tuple[Distance, Places]:
    """The distance between moments in seconds, which ascend, and the place of each, counted in it from the first.

    Places that are no whole numbers do not fit. There are two moments at least.
    """
    usual = float(np.median(np.diff(moments)))
    if usual > 27.5 * DAY:
        found = _by_month(moments, max(1, round(usual / _MONTH)))
        if _fit(found[1]) or usual != 28 * DAY:
            return found
    days = moments // DAY
    if usual == DAY and len(days) > 5 and not np.isin((days - 1) % 7, (5, 6)).any():
        return _by_working_day(days)
    return _by_seconds(moments, usual)


def of_numbers(numbers: np.ndarray) -> tuple[Distance, Places]:
    """The same of numbers that stand in place of dates."""
    step = float(np.median(np.diff(numbers)))
    places = (numbers - numbers[0]) / step
    nearest = np.rint(places)
    near = np.abs(places - nearest) < _NEARLY
    first = float(numbers[0])
    distance = Distance(f"every {step:g}", 1, "row", lambda place: f"{first + step * place:g}")
    return distance, np.where(near, nearest, places)


def of_rows(count: int) -> tuple[Distance, Places]:
    """The same of rows that have no date: each is one after the last."""
    return Distance("one after the other", 1, "row", lambda place: f"row {place + 1}"), np.arange(count, dtype=float)


def _fit(places: Places) -> bool:
    return bool((places == np.rint(places)).all() and (np.diff(places) > 0).all())


def _by_month(moments: np.ndarray, step: int) -> tuple[Distance, Places]:
    dates = [date.fromordinal(int(moment // DAY)) for moment in moments]
    months = np.array([12 * each.year + each.month - 1 for each in dates])
    first = int(months[0])
    name = _MONTHLY.get(step, f"every {step} months")

    def label(place: int) -> str:
        year, month = divmod(first + step * place, 12)
        if step == 12:
            return f"{year}"
        return f"{year}-Q{month // 3 + 1}" if step == 3 else f"{year}-{month + 1:02}"

    row = {1: "month", 3: "quarter", 12: "year"}.get(step, "row")
    return Distance(name, 12 // step if 12 % step == 0 else 1, row, label), (months - first) / step


def _by_working_day(days: np.ndarray) -> tuple[Distance, Places]:
    epoch = date(1970, 1, 1).toordinal()
    dates = (days - epoch).astype("datetime64[D]")
    start = dates[0]
    places = np.busday_count(start, dates).astype(float)
    label = lambda place: str(np.busday_offset(start, place))  # noqa: E731
    return Distance("daily, without weekends", 5, "working day", label), places


def _by_seconds(moments: np.ndarray, usual: float) -> tuple[Distance, Places]:
    start = datetime.min + timedelta(seconds=int(moments[0]) - DAY)
    whole = usual % DAY == 0

    def label(place: int) -> str:
        moment = start + timedelta(seconds=usual * place)
        return f"{moment:%Y-%m-%d}" if whole else f"{moment:%Y-%m-%d %H:%M}"

    season = _SEASONS.get(int(usual), int(DAY // usual) if usual < DAY and DAY % usual == 0 else 1)
    name, row = {DAY: ("daily", "day"), 7 * DAY: ("weekly", "week"), 3600: ("hourly", "hour")}.get(
        int(usual), (f"every {_span(usual)}", "row")
    )
    return Distance(name, season, row, label), (moments - moments[0]) / usual


def _span(seconds: float) -> str:
    for size, unit in ((DAY, "days"), (3600, "hours"), (60, "minutes")):
        if seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} seconds"

from datetime import date, timedelta

import numpy as np
import pytest

from tests.data.conftest import Write, rows
from tuilab.data.open import open_series
from tuilab.data.read import read_series


def days(step: int, count: int = 60) -> list[str]:
    return [str(date(2020, 1, 6) + timedelta(days=step * place)) for place in range(count)]


HOURS = [f"2020-01-{at // 24 + 1:02} {at % 24:02}:00" for at in range(60)]
WORKING = [str(np.busday_offset("2024-01-01", at)) for at in range(60)]
MONTH_ENDS = [str(date(2020, at + 1, 1) + timedelta(days=27 + at % 2)) for at in range(12)]


@pytest.mark.parametrize(
    "dates, name, season, labels",
    [
        (days(1), "daily", 7, ("2020-01-06", "2020-03-05")),
        (days(7), "weekly", 52, ("2020-01-06", "2021-02-22")),
        (days(14), "every 14 days", 1, ("2020-01-06", "2022-04-11")),
        (days(28), "every 28 days", 1, ("2020-01-06", "2024-07-15")),
        ([f"{1990 + at // 4}-Q{at % 4 + 1}" for at in range(60)], "quarterly", 4, ("1990-Q1", "2004-Q4")),
        ([f"{1990 + at // 2}-{(1, 7)[at % 2]:02}" for at in range(60)], "half-yearly", 2, ("1990-01", "2019-07")),
        ([str(1900 + at) for at in range(60)], "yearly", 1, ("1900", "1959")),
        (HOURS, "hourly", 24, ("2020-01-01 00:00", "2020-01-03 11:00")),
        (WORKING, "daily, without weekends", 5, ("2024-01-01", "2024-03-22")),
        ([str(at + 1) for at in range(60)], "every 1", 1, ("1", "60")),
        ([f"{0.1 * at:.1f}" for at in range(60)], "every 0.1", 1, ("0", "5.9")),
        (MONTH_ENDS, "monthly", 12, ("2020-01", "2020-12")),
    ],
)
def test_the_distance_between_rows_and_their_season(
    table: Write, dates: list[str], name: str, season: int, labels: tuple[str, str]
) -> None:
    series = read_series(table(rows(dates=dates)))
    assert (series.distance.name, series.distance.season) == (name, season)
    assert (series.label(0), series.label(len(dates) - 1)) == labels and len(series.values) == len(dates)


def test_a_column_alone_has_rows_one_after_the_other(table: Write) -> None:
    series = read_series(table("v\n3\n1\n4\n1\n5\n"))
    assert series.values.tolist() == [3, 1, 4, 1, 5] and series.label(4) == "row 5"
    assert (series.distance.name, series.distance.season) == ("one after the other", 1)


def test_a_holiday_is_a_gap_among_working_days(table: Write) -> None:
    dates = [str(np.busday_offset("2024-01-01", at)) for at in range(60) if at != 30]
    series = read_series(table(rows(dates=dates)))
    assert np.flatnonzero(series.filled).tolist() == [30] and "2024-02-12 (no row)" in series.notes[0]


def test_the_milk_series() -> None:
    milk = open_series("milk")
    assert len(milk.values) == 168 and milk.column == "pounds" and not milk.notes
    assert (milk.values[0], milk.values[-1], milk.values.sum()) == (589, 843, 126791)
    assert (milk.label(0), milk.label(167), milk.distance.row) == ("1962-01", "1975-12", "month")

from datetime import datetime, timedelta

import pytest

from tuilab.data.dates import DAY_FIRST, MONTH_FIRST, formats_of, is_date


def read(text: str) -> str:
    seconds = formats_of([text], numbered=True)[0].seconds(text)
    return f"{datetime(1, 1, 1) + timedelta(seconds=seconds - 86_400):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    "text, moment",
    [
        ("1962-01-31", "1962-01-31 00:00"),
        ("1962-1-3", "1962-01-03 00:00"),
        ("1962-07", "1962-07-01 00:00"),
        ("1962/07/31", "1962-07-31 00:00"),
        ("1962.07.31", "1962-07-31 00:00"),
        ("1962M07", "1962-07-01 00:00"),
        ("19620731", "1962-07-31 00:00"),
        ("1962-07-31T13:05:00Z", "1962-07-31 13:05"),
        ("1962-07-31 13:05", "1962-07-31 13:05"),
        ("1962-Q3", "1962-07-01 00:00"),
        ("1962Q1", "1962-01-01 00:00"),
        ("Q4 1962", "1962-10-01 00:00"),
        ("2020-W01", "2019-12-30 00:00"),
        ("31.7.1962", "1962-07-31 00:00"),
        ("31.07.62", "2062-07-31 00:00"),
        ("31.07.69", "1969-07-31 00:00"),
        ("7/1962", "1962-07-01 00:00"),
        ("31/7/1962", "1962-07-31 00:00"),
        ("7/31/1962", "1962-07-31 00:00"),
        ("July 1962", "1962-07-01 00:00"),
        ("jul-62", "2062-07-01 00:00"),
        ("Sept. 1999", "1999-09-01 00:00"),
        ("1962 Jul", "1962-07-01 00:00"),
        ("31 July 1962", "1962-07-31 00:00"),
        ("31-Jul-99", "1999-07-31 00:00"),
        ("July 31, 1962", "1962-07-31 00:00"),
        ("1962", "1962-01-01 00:00"),
    ],
)
def test_dates_in_each_way_of_writing(text: str, moment: str) -> None:
    assert read(text) == moment


@pytest.mark.parametrize(
    "text", ["1962-13", "1962-02-30", "31.13.1962", "Foo 1962", "Q5 1962", "12", "1.5", "", "0000-01-01"]
)
def test_what_is_no_date(text: str) -> None:
    assert formats_of([text], numbered=True) == []


def test_day_and_month_may_be_either_until_a_row_decides() -> None:
    assert formats_of(["1/2/2020"], False) == [DAY_FIRST, MONTH_FIRST]
    assert formats_of(["1/2/2020", "13/2/2020"], False) == [DAY_FIRST]
    assert formats_of(["1/2/2020", "2/13/2020"], False) == [MONTH_FIRST]


def test_whole_numbers_are_dates_only_where_they_can_be() -> None:
    assert formats_of(["1962", "1963"], numbered=False) == [] == formats_of(["19620131"], numbered=False)
    assert not is_date("1962") and not is_date("19620131") and is_date("1962-01")


def test_most_of_a_column_decides_so_that_one_mistake_is_named() -> None:
    assert [form.example for form in formats_of(["1962-01", "1962-02", "total"], False)] == ["1962-01"]
    assert formats_of(["1962-01", "x", "total"], False) == []

import re
from datetime import date, timedelta

import numpy as np
import pytest

from tests.data.conftest import MONTHS, Write, rows
from tuilab.data import read
from tuilab.data.errors import DataError
from tuilab.data.read import read_series

VALUES = np.arange(100.0, 160.0)


@pytest.mark.parametrize(
    "content, encoding",
    [
        (rows(), "utf-8"),
        (rows(), "utf-8-sig"),
        (rows(), "utf-16"),
        (rows(head=""), "utf-8"),
        (rows(separator=";", head="date;v"), "utf-8"),
        (rows(separator="\t", head="date\tv"), "utf-8"),
        (rows(separator=";", head="date;v", values=[f"{value},0" for value in range(100, 160)]), "utf-8"),
        ("sep=;\n" + rows(separator=";", head="date;v"), "utf-8"),
        ("SEP=,\r\n" + rows().replace("\n", "\r\n"), "utf-8-sig"),
        (rows(values=[f'"{value}"' for value in range(100, 160)]), "utf-8"),
        (rows().replace("\n", "\r\n"), "utf-8"),
        (rows().replace("\n", "\n\n"), "utf-8"),
        (rows(head="date,größe"), "latin-1"),
        (rows(values=[f"{value},note {value}" for value in range(100, 160)], head="date,v,remark"), "utf-8"),
    ],
)
def test_a_table_in_each_form(table: Write, content: str, encoding: str) -> None:
    series = read_series(table(content, encoding))
    assert series.values.tolist() == VALUES.tolist() and not series.filled.any()
    assert (series.distance.name, series.distance.season, series.label(59)) == ("monthly", 12, "1966-12")
    assert [note for note in series.notes if "Latin-1" not in note] == []
    assert bool(series.notes) == (encoding == "latin-1")


def test_the_column_is_named_or_the_only_one_of_numbers(table: Write) -> None:
    path = table(rows(values=[f"{value},{2 * value}" for value in range(100, 160)], head="date,v,Twice"))
    assert read_series(path, "Twice").values[0] == 200 == read_series(path, "twice").values[0]
    assert read_series(path, "3").values[0] == 200 and read_series(path, "v").column == "v"
    with pytest.raises(DataError, match=re.escape("has 2 columns of numbers, v, Twice; say which, as column=v.")):
        read_series(path)


BAD = {
    "rows after Excel's line": (
        "sep=;\n" + rows([1, 2, "x", 4], head="date;v", separator=";"),
        "row 5, column v: 'x' is no number",
    ),
    "Excel's line alone": ("sep=;\n", "has no rows; it needs a row for each value."),
    "one row": (rows([5]), "has 1 row of values; a series needs more."),
    "a header alone": ("date,v\n", "has a header, date, v, and no rows below it."),
    "no numbers": ("a,b\nx,y\nz,w\n", "has no column of numbers; row 2 is x, y."),
    "text among numbers": (
        rows([1, 2, "abc", 4]),
        "row 4, column v: 'abc' is no number; correct it, or leave it empty.",
    ),
    "infinity": (rows([1, 2, 3, "inf"]), "row 5, column v: 'inf' is not finite; correct it, or leave it empty."),
    "another mark": (rows([1, 2.5, 3, '"4,5"']), "row 5, column v: '4,5' is not written with a decimal point"),
    "a date among others": (
        rows(dates=[*MONTHS[:9], "1962-13"]),
        "row 11, column date: '1962-13' is no date as 1962-01",
    ),
    "a sum below": (
        rows() + "Total,99\n",
        "row 62, column date: 'Total' is no date as 1962-01, as the other rows have",
    ),
    "two of a date": (
        rows(dates=[*MONTHS[:9], MONTHS[8]]),
        "row 11, column v: row 10 has the same date, 1962-09, and 108 instead of 109; keep one of the two.",
    ),
    "two in a month": (
        rows(dates=[*(f"{month}-15" for month in MONTHS[:9]), "1962-09-16"]),
        "row 11, column date: 1962-09-16 is in the same month as 1962-09-15 in row 10",
    ),
    "one value": (rows([5] * 60), "column v: all 60 values are 5; there is nothing to forecast."),
    "no values": (rows(["nan", 1, "nan", "nan"]), "has 1 values; a series needs more."),
    "a long gap": (
        rows(dates=[*MONTHS[:10], *MONTHS[30:]]),
        "column v: 20 of 60 values are missing, more than a tenth, most between row 11 and row 12",
    ),
    "cells too many": (rows([1, 2, "3,5"]), "row 4: 3 cells, and there are 2 columns; where a cell has a comma in it"),
    "a cell too few": (rows([1, 2, 3]) + "1962-04\n", "row 5, column v: the row has only 1 cell; write one, or take"),
    "a quotation mark": (rows([1, 2, '"3']), "row 4: a quotation mark that is not closed, or has letters behind it"),
    "dates for values": (rows(), "column date has the dates; name the one that has the values."),
    "no such column": (rows(), "has no column 'zzz'; it has date, v."),
    "no line ends": (b"1," * (1 << 20), "row 1: the row does not end; a table has a line for each row."),
    "no text": (bytes(range(256)), "is no text: it has a byte of nought; save the table as CSV in UTF-8."),
    "text, then none": (rows().encode() + b"\0" * 9 + b"a" * (1 << 21), "a byte of nought"),
    "half of UTF-16": ("\ufeff1,2\n".encode("utf-16-le") + b"\x00\xd8", "begins as utf-16 and is not"),
    "blank": ("\n\n \n", "has no rows; it needs a row for each value."),
    "no distance": (
        rows(dates=[str(date(2020, 1, 1) + timedelta(days=7 * at + (at == 20))) for at in range(40)]),
        "row 22, column date: 2020-05-21 does not fit, for the rows are weekly otherwise; correct it",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_is_one_sentence_with_row_and_column(table: Write, what: str) -> None:
    content, said = BAD[what]
    column = {"dates for values": "date", "no such column": "zzz"}.get(what, "")
    with pytest.raises(DataError) as refused:
        read_series(table(content), column)
    sentence = str(refused.value)
    assert said in sentence and "\n" not in sentence and sentence.startswith("table.csv") and sentence.endswith(".")


def test_what_a_file_says_reaches_no_terminal_as_a_command(table: Write) -> None:
    for content in ("date,\x1b]0;gone\x07,w\n1962-01,1,2\n1962-02,2,3\n", "a\n\x1b[2J\nb\n"):
        with pytest.raises(DataError) as refused:
            read_series(table(content))
        assert str(refused.value).isprintable()
    assert read_series(table("date,\x1b[2Jv\n1962-01,1\n1962-02,2\n")).column == "?[2Jv"


def test_more_rows_than_a_million_are_refused_at_once(table: Write, monkeypatch) -> None:
    monkeypatch.setattr(read, "MOST_ROWS", 50)
    with pytest.raises(DataError, match="has more than 50 rows; take the newest, or add some up"):
        read_series(table(rows()))


def test_rows_out_of_order_are_put_in_order_and_it_is_said(table: Write) -> None:
    dates = [*MONTHS[:10], MONTHS[11], MONTHS[10], *MONTHS[12:]]
    series = read_series(table(rows(dates=dates)))
    assert series.values[9:13].tolist() == [109, 111, 110, 112]
    assert series.notes == ("Row 13 (1962-11) comes after a later date: the rows were put in order.",)
    assert series.source is None


def test_a_row_that_says_the_same_again_counts_once(table: Write) -> None:
    series = read_series(table(rows([*range(10), 9, *range(10, 59)], [*MONTHS[:10], MONTHS[9], *MONTHS[10:59]])))
    assert series.values.tolist() == list(range(59))
    assert series.notes == ("Row 12 says 1962-10 again, as row 11: counted once.",)


def test_gaps_are_filled_on_a_straight_line_and_named(table: Write) -> None:
    values: list[object] = [float(10 * place) for place in range(60)]
    values[20] = "nan"
    lines = rows(values).splitlines()
    del lines[5], lines[5]  # of 1962-05 and 1962-06, in rows 6 and 7
    series = read_series(table("\n".join(lines)))
    assert series.values.tolist() == [10.0 * place for place in range(60)]
    assert np.flatnonzero(series.filled).tolist() == [4, 5, 20]
    assert series.notes == (
        "3 values are missing, 1962-05 (no row), 1962-06 (no row), 1963-09 (row 20): filled in by straight lines.",
    )


def test_ends_without_a_value_are_left_out(table: Write) -> None:
    series = read_series(table(rows(["", *range(1, 59), "?"])))
    assert len(series.values) == 58 and series.label(0) == "1962-02" and not series.filled.any()
    assert series.notes == ("2 rows at the beginning or the end without a value: left out.",)


def test_day_and_month_are_read_so_that_the_rows_are_evenly_spaced_and_it_is_said(table: Write) -> None:
    first_of_months = [f"01/{place % 12 + 1:02}/{1990 + place // 12}" for place in range(60)]
    series = read_series(table(rows(dates=first_of_months)))
    assert series.distance.name == "monthly" and series.label(1) == "1990-02"
    assert series.notes == ("Dates such as 01/01/1990 can be read in two ways: they were read as day, month, year.",)
    americans = [f"{place % 12 + 1:02}/01/{1990 + place // 12}" for place in range(60)]
    assert "read as month, day, year" in read_series(table(rows(dates=americans))).notes[0]


def test_a_thousandth_row_can_decide_between_day_and_month(table: Write) -> None:
    days = [date(2020, 1, 1) + timedelta(days=place) for place in range(12)]
    dates = [f"{day.month:02}/{day.day:02}/{day.year}" for day in days]
    assert len(read_series(table(rows(dates=dates))).notes) == 1
    series = read_series(table(rows(dates=[*dates, "01/13/2020"])))
    assert series.notes == () and series.distance.name == "daily"

"""Dates as people write them, as seconds from the year 1 on; a column has one way of writing them."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

DAY = 86_400  # seconds
Read = Callable[[re.Match[str]], int]
_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {name[:letters]: number for number, name in enumerate(_NAMES, 1) for letters in (3, len(name))} | {"sept": 9}
_CENTURY = 69  # two-digit years from here on are of the twentieth century, as C's strptime has it


class Format(NamedTuple):
    """One way of writing dates; `read` may raise ValueError. `example` is how it is told."""

    example: str
    pattern: re.Pattern[str]
    read: Read

    def seconds(self, text: str) -> int:
        """The moment, in seconds. Raises ValueError where a text is not written so."""
        found = self.pattern.fullmatch(text.strip())
        if found is None:
            raise ValueError
        return self.read(found)


def _seconds(year: int, month: int, day: int = 1) -> int:
    return date(year, month, day).toordinal() * DAY


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) > 2 else year + (1900 if year >= _CENTURY else 2000)


def _month(text: str) -> int:
    found = _MONTHS.get(text.lower().rstrip("."))
    if found is None:
        raise ValueError
    return found


def _moment(found: re.Match[str]) -> int:
    moment = datetime.fromisoformat(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}T{found[4]}")
    return moment.toordinal() * DAY + moment.hour * 3600 + moment.minute * 60 + moment.second


def _week(found: re.Match[str]) -> int:
    return date.fromisocalendar(int(found[1]), int(found[2]), 1).toordinal() * DAY


def _in_order(year: int, month: int, day: int = 0) -> Read:
    """Reads three numbers, or two, by the places in which they stand."""
    return lambda found: _seconds(_year(found[year]), int(found[month]), int(found[day]) if day else 1)


def _format(example: str, pattern: str, read: Read) -> Format:
    return Format(example, re.compile(pattern, re.ASCII | re.IGNORECASE), read)


_TIME = r"(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?"
_WORD = r"([a-z]{3,9})\.?"
COMPACT = _format("19620131", r"(1[5-9]\d\d|20\d\d)(\d\d)(\d\d)", _in_order(1, 2, 3))
FORMATS = (
    _format("1962-01-31", r"(\d{4})-(\d{1,2})-(\d{1,2})", lambda found: _seconds(*map(int, found.groups()))),
    _format("1962-01", r"(\d{4})-(\d{1,2})", _in_order(1, 2)),
    _format("1962/01/31", r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})", _in_order(1, 3, 4)),
    _format("1962/01", r"(\d{4})/(\d{2})", _in_order(1, 2)),
    _format("1962M01", r"(\d{4})M(\d{1,2})", _in_order(1, 2)),
    COMPACT,
    _format("1962-01-31 13:00", rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})[T ]{_TIME}", _moment),
    _format("1962-Q1", r"(\d{4})[- ]?Q([1-4])", lambda found: _seconds(int(found[1]), 3 * int(found[2]) - 2)),
    _format("Q1 1962", r"Q([1-4])[- /]?(\d{4})", lambda found: _seconds(int(found[2]), 3 * int(found[1]) - 2)),
    _format("1962-W05", r"(\d{4})-?W(\d{2})", _week),
    _format("31.1.1962", r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})", _in_order(3, 2, 1)),
    _format("1/1962", r"(\d{1,2})[/.-](\d{4})", _in_order(2, 1)),
    _format(
        "January 1962", rf"{_WORD}[ -]?(\d{{4}}|\d{{2}})", lambda found: _seconds(_year(found[2]), _month(found[1]))
    ),
    _format("1962 January", rf"(\d{{4}})[ -]?{_WORD}", lambda found: _seconds(int(found[1]), _month(found[2]))),
    _format(
        "31 January 1962",
        rf"(\d{{1,2}})\.?[ -]{_WORD}[ -](\d{{4}}|\d{{2}})",
        lambda found: _seconds(_year(found[3]), _month(found[2]), int(found[1])),
    ),
    _format(
        "January 31, 1962",
        rf"{_WORD} (\d{{1,2}}),? (\d{{4}})",
        lambda found: _seconds(_year(found[3]), _month(found[1]), int(found[2])),
    ),
)
_SLASHED = r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})"
DAY_FIRST = _format("31/1/1962", _SLASHED, _in_order(4, 3, 1))
MONTH_FIRST = _format("1/31/1962", _SLASHED, _in_order(4, 1, 3))
YEARS = _format("1962", r"(1[0-9]{3}|2[0-9]{3})", lambda found: _seconds(int(found[1]), 1))


def formats_of(texts: Sequence[str], numbered: bool) -> list[Format]:
    """The ways in which the most of these are dates, at least half; two where day and month may be either.

    Dates that are whole numbers, years alone and 19620131, count only where they can be: `numbered`.
    """
    known = [each for each in (*FORMATS, DAY_FIRST, MONTH_FIRST, YEARS) if numbered or each not in (COMPACT, YEARS)]
    fitting = [sum(_fits(each, text) for text in texts) for each in known]
    most = max(fitting)
    return [each for each, fits in zip(known, fitting, strict=True) if fits == most] if 2 * most > len(texts) else []


def is_date(text: str) -> bool:
    """Whether a text is a date in some way of writing, other than a number."""
    return any(_fits(each, text) for each in (*FORMATS, DAY_FIRST, MONTH_FIRST) if each is not COMPACT)


def _fits(form: Format, text: str) -> bool:
    try:
        form.seconds(text)
    except ValueError:
        return False
    return True

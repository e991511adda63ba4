from datetime import datetime, timedelta

import pytest

from tuilab.records.telling import took, when, words_of


def test_a_time_of_today_has_its_hour_and_another_day_its_date():
    now = datetime.now().astimezone().replace(month=11, day=26, hour=14, minute=3)
    assert when(now.isoformat(), now) == "today 14:03"
    assert when((now - timedelta(days=6)).isoformat(), now) == "20 Nov"
    assert when(now.replace(year=now.year - 1).isoformat(), now) == f"26 Nov {now.year - 1}"
    assert when("yesterday") == "-"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "-"), (0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (99.4, "99 s"), (120, "2 min"), (5400, "90 min"),
     (7200, "2.0 h"), (500_000, "139 h"), (float("nan"), "-")],
)  # fmt: skip
def test_a_duration_has_two_or_three_digits(seconds, text):
    assert took(seconds) == text


def test_a_spelling_is_taken_apart():
    found = words_of("forecast cell=gru 'x=a b' seed=7 branch=20261127-152340.544372-forecast@400")
    assert str(found) == "forecast cell=gru x=a b branch@400" and found.seed == "7"
    assert words_of("forecast").seed == "1" and words_of("skipgram").seed == "118"
    assert words_of("frog x='1").kind == "frog" and words_of("frog").seed == "-" and words_of("").kind == ""

"""What lesson 7 says of the milk series and of forecasts of it, held against the forecast lab."""

from functools import cache
from statistics import median

import numpy as np
import pytest

from tests.bench.milk import YEARS, rolling
from tests.lessons.test_sizes import lab_on
from tuilab.data.open import open_series
from tuilab.engine.baselines import rmse
from tuilab.labs import catalogue
from tuilab.labs.spelling import parse

FIRST_SEEDS = (1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow))
NAIVE = 13.2  # pounds


@cache
def errors(more: str) -> tuple[float, float]:
    """The network's errors in pounds, free running and one step ahead."""
    spec = parse(f"forecast data=milk {more}")
    run = catalogue.part("forecast", "experiment").Training(spec)
    while run.step < run.total:
        run.advance()
    found = {(each.forecast, each.way): each.rmse for each in run.view().data.scores}
    return found["network", "free running"], found["network", "one step ahead"]


def test_lesson_7_the_series():
    milk = open_series("milk")
    assert len(milk.values) == 168 and (milk.label(0), milk.label(167)) == (f"{1962}-01", f"{1975}-12")
    months = milk.values.reshape(-1, 12)
    assert set(months.argmax(axis=1)) == {4} and (np.sort(months, axis=1)[:, :2] == months[:, [10]]).any(axis=1).all()
    assert ((months[:, 4] - months[:, 10]) > 100).all()


def test_lesson_7_sizes_are_those_of_the_labs():
    spec = lab_on(7, "Let a network try")
    assert (spec.cell, spec.hidden, spec.steps, spec.difference) == ("gru", 16, 200, "step")
    plan = catalogue.experiment_of("forecast").answer(spec).data
    assert plan.length == 24 and [part.rows for part in plan.parts][1:] == [12, 12]


def test_lesson_7_the_same_month_last_year():
    months = open_series("milk").values.reshape(-1, 12)
    years = {1962 + at: rmse(months[at], months[at - 1]) for at in range(1, len(months))}
    assert min(years, key=years.__getitem__) == 1975 and round(years[1975], 1) == NAIVE == 13.2
    assert min(error for year, error in years.items() if year != 1975) > 14
    assert max(years, key=years.__getitem__) == 1971 and round(years[1971]) == 52
    rises = (months[1:] - months[:-1]).mean(axis=1)
    assert round(rises[-1]) == 4 and abs(rises[-1]) == min(abs(rises))
    assert (months[-1, 4:8] < months[-2, 4:8]).all() and (months[-1, 8:] > months[-2, 8:]).all()


@pytest.mark.parametrize("seed", FIRST_SEEDS)
def test_lesson_7_the_network_on_milk(seed):
    free, ahead = errors(f"seed={seed}")
    assert ahead < 9 and free < NAIVE


@pytest.mark.parametrize("seed", FIRST_SEEDS)
def test_lesson_7_what_is_learned(seed):
    assert errors(f"difference=no seed={seed}")[0] > 20
    assert errors(f"difference=season seed={seed}")[0] > 15


def test_lesson_7_seed_8_is_worse():
    free, ahead = errors("seed=8")
    assert free > 15 and ahead < 9 and errors("seed=2")[0] < NAIVE


@pytest.mark.slow
def test_lesson_7_ten_seeds():
    free, ahead = zip(*(errors(f"seed={seed}") for seed in range(1, 11)), strict=True)
    assert min(free) > 6 and max(free) < 20 and max(ahead) < 9
    assert 7 <= sum(error < NAIVE for error in free) < 10 and abs(median(free) - 10) < 1.5


@pytest.mark.slow
def test_lesson_7_how_the_defaults_were_chosen(tmp_path):
    assert list(YEARS) == [1970, 1971, 1972, 1973, 1974]
    assert abs(rolling(tmp_path, "").ratio - 0.6) < 0.05
    assert min(rolling(tmp_path, changed).ratio for changed in ("length=12", "noise=0", "steps=2000")) > 0.65


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["length=12", "noise=0", "steps=2000"])
def test_lesson_7_what_makes_little_difference(setting):
    ours, theirs = (median(errors(f"{more} seed={seed}")[0] for seed in range(1, 6)) for more in ("", setting))
    seeds = [errors(f"seed={seed}")[0] for seed in range(1, 11)]
    assert abs(ours - theirs) < max(seeds) - min(seeds)

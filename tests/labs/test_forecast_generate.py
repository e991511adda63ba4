"""A trained network goes on by itself, and what it says is held against the truth."""

import math

import numpy as np
import pytest
import torch

from tests.labs.test_forecast_experiment import SMALL, trained, training
from tuilab.engine.drift import drift, lasted
from tuilab.engine.forecaster import generate, predict
from tuilab.labs import catalogue
from tuilab.labs.forecast.experiment import Training
from tuilab.labs.forecast.genspec import Generate, Generated
from tuilab.labs.spelling import SpellingError, parse


@pytest.fixture(scope="module")
def run() -> Training:
    return trained(SMALL)


def ask(run: Training, text: str) -> Generated:
    question = parse(text)
    assert isinstance(question, Generate)
    return run.answer(question)


def rmse(values: list[float], truth: list[float]) -> float:
    return math.sqrt(sum((v - t) ** 2 for v, t in zip(values, truth, strict=True)) / len(values))


def test_from_a_window_of_the_curve(run: Training) -> None:
    found = ask(run, "generate first=5 steps=12")
    assert len(found.x) == len(found.truth) == len(found.values) == 22 and found.prompt == 10
    assert found.x[0] == pytest.approx(0.5) and found.truth == pytest.approx(np.sin(found.x), abs=1e-6)
    assert found.values[:10] == found.truth[:10]
    assert found.values[10:] == generate(run.model, torch.tensor(found.values[:10]), 12).tolist()
    assert found.rmse == pytest.approx(rmse(found.values[10:], found.truth[10:]))
    assert found.errors == pytest.approx(np.abs(np.array(found.values) - np.array(found.truth))[10:])


def test_teacher_forced_each_point_is_said_from_the_true_window_before_it(run: Training) -> None:
    found = ask(run, "generate first=5 steps=12")
    truth = torch.tensor(found.truth)
    expected = [predict(run.model, truth[place : place + 10])[-1].item() for place in range(12)]
    assert found.forced == pytest.approx(expected, rel=1e-5)
    assert found.forced_rmse == pytest.approx(rmse(expected, found.truth[10:]), rel=1e-4)
    assert found.forced[0] == pytest.approx(found.values[10], rel=1e-5) and found.forced[1] != found.values[11]


def test_from_a_wave_of_another_phase_and_frequency(run: Training) -> None:
    found = ask(run, "generate prompt=wave phase=1.5 frequency=2 steps=200")
    assert found.x[:2] == pytest.approx([0, 0.1])
    assert found.truth == pytest.approx(np.sin(2 * np.array(found.x) + 1.5), abs=1e-6)
    assert found.values[:10] == found.truth[:10]
    moved = drift(np.array(found.values[10:]), 2 * np.array(found.x[10:]) + 1.5)
    assert moved is not None and found.drift is not None
    assert found.drift.amplitude == pytest.approx(moved.amplitude) and found.drift.phase == pytest.approx(moved.phase)
    assert found.drift.x[0] == pytest.approx(found.x[10 + 30]) and len(found.drift.x) == 200 - 30  # of 31 points
    same, curve = ask(run, "generate prompt=wave steps=5"), ask(run, "generate steps=5")
    assert same.values == pytest.approx(curve.values, abs=1e-6)


def test_from_zeros_there_is_no_truth(run: Training) -> None:
    found = ask(run, "generate prompt=zeros steps=12")
    assert found.values[:10] == [0] * 10
    assert found.values[10:] == generate(run.model, torch.zeros(10), 12).tolist()
    assert (found.truth, found.forced, found.errors) == ([], [], [])
    assert found.rmse is None and found.forced_rmse is None and found.lasted is None and found.drift is None


def test_how_long_it_lasts_depends_on_what_counts_as_lost(run: Training) -> None:
    found = [ask(run, f"generate steps=150 lost={limit}") for limit in (0.001, 0.3, 10)]
    counts = [each.lasted for each in found]
    assert counts == [lasted(np.array(found[0].errors), limit) for limit in (0.001, 0.3, 10)]
    assert counts == sorted(counts) and counts[0] < 10 and counts[2] == 150


def test_left_out_it_is_a_hundred_points_from_the_beginning(run: Training) -> None:
    found = ask(run, "generate")
    assert len(found.values) - found.prompt == 100 and found.x[0] == 0


def test_a_window_beyond_the_series_is_refused() -> None:
    assert len(ask(training(SMALL), "generate first=290 steps=1").x) == 11
    with pytest.raises(ValueError, match=r"first=291 is not allowed: .* has first from 0 to 290"):
        ask(training(SMALL), "generate first=291")


def test_generating_with_weights_that_ran_away_is_refused_in_a_sentence() -> None:
    run = training(SMALL + " cell=rnn")
    with torch.no_grad():
        for parameter in run.model.parameters():
            parameter.fill_(3e38)
    with pytest.raises(ValueError, match="ran away"):
        ask(run, "generate")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("generate phase=1", "phase and frequency are of prompt=wave; here prompt=curve"),
        ("generate prompt=zeros frequency=2", "phase and frequency are of prompt=wave; here prompt=zeros"),
        ("generate prompt=wave first=3", "first is of prompt=curve; here prompt=wave"),
        ("generate frequency=0", "frequency is a number above 0, up to 10"),
        ("freerun prompt=zeros phase=2", "phase and frequency are of prompt=wave"),
        ("freerun branch=20250101-000000.000001-forecast@5", "freerun: leave branch out"),
        ("freerun data=milk", "data is given where"),
        ("freerun steps=6000", "a whole number from 1 to 5,000"),
    ],
)
def test_what_does_not_go_together_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(SpellingError, match=sentence):
        parse(text)


def test_a_question_that_stands_alone_is_not_put_to_a_run(run: Training) -> None:
    with pytest.raises(ValueError, match="freerun is no question to a run of forecast"):
        run.answer(parse("freerun"))


def test_a_question_that_stands_alone_trains_and_generates(run: Training) -> None:
    more = SMALL.removeprefix("forecast")
    answer = catalogue.experiment_of("freerun").answer
    assert answer(parse(f"freerun {more} go=12 first=5")) == ask(run, "generate first=5 steps=12")
    assert answer(parse(f"freerun {more} prompt=wave phase=1 go=3")) == ask(run, "generate prompt=wave phase=1 steps=3")
    with pytest.raises(ValueError, match="Training stopped after step"):
        answer(parse("freerun optimiser=sgd clip=0 lr=10 hidden=8 decay=no"))

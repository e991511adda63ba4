"""What is drawn of a run, and its means, against the sums that they stand for."""

import math
import random
from array import array

import pytest

from tests.support.runs import made
from tuilab.ui.runs import curves
from tuilab.ui.runs.curves import RunCurves, View, running_mean
from tuilab.ui.runs.sight import Sight, neighbour


@pytest.mark.parametrize("count", [1, 3, 20, 200])
@pytest.mark.parametrize("length", [0, 1, 19, 20, 21, 450])
def test_a_running_mean_is_that_of_the_values_up_to_there(count, length):
    draw = random.Random(count + length)
    values = array("d", (draw.random() for _ in range(length)))
    found = running_mean(values, count)
    parts = [values[max(0, at + 1 - count) : at + 1] for at in range(length)]
    assert found.tolist() == pytest.approx([math.fsum(part) / len(part) for part in parts], rel=1e-12)


def test_one_huge_value_leaves_nothing_behind_in_the_means_after_it():
    values = array("d", [1e-3] * 30 + [1e18] + [1e-3] * 60)
    assert running_mean(values, 20)[60:].tolist() == pytest.approx([1e-3] * 31, rel=1e-12)


def test_a_mean_has_a_gap_where_one_of_its_steps_has():
    values = array("d", [1.0] * 10 + [math.nan] + [1.0] * 10)
    assert [at for at, mean in enumerate(running_mean(values, 4)) if math.isnan(mean)] == [10, 11, 12, 13]


@pytest.fixture
def run(tmp_path):
    return RunCurves(made(tmp_path, steps=3000))


@pytest.mark.parametrize("mean", [0, 20])
@pytest.mark.parametrize(("first", "last"), [(1, 3000), (700, 760), (2990, 3000)])
def test_each_step_in_sight_lies_between_what_is_drawn_at_its_place(run, mean, first, last):
    run.read()
    values = running_mean(run.series.loss, mean) if mean else run.series.loss
    (stretch,) = run.stretches("loss", View(first, last, mean))
    xs, ys = stretch
    width = max(1, -(-(last - first + 1) // 600))
    for step in range(first, last + 1):
        drawn = [y for x, y in zip(xs, ys, strict=True) if x <= step < x + width]
        assert min(drawn) - 1e-12 <= values[step - 1] <= max(drawn) + 1e-12
    assert len(xs) <= 1200


def test_of_a_long_run_the_few_points_are_drawn_until_one_looks_closely(run, monkeypatch):
    monkeypatch.setattr(curves, "FINE", 100)
    few = run.stretches("loss", View(1, 3000))
    run.read()
    assert run.stretches("loss", View(1, 3000)) == few and len(few[0][0]) == 3000  # two for each bucket of two steps
    assert run.stretches("loss", View(11, 60))[0][1] == run.series.loss[10:60].tolist()
    assert not run.is_ready(20)
    run.prepare(20)
    (stretch,) = run.stretches("loss", View(1, 3000, 20))
    assert run.is_ready(20) and max(stretch[1][1500:]) < max(few[0][1][1500:])


def test_beyond_its_end_a_run_has_nothing(run):
    run.read()
    assert run.stretches("loss", View(3001, 4000)) == [] and run.at("loss", 3001) is None
    assert run.mean_at("loss", 3001, 20) is None and run.at("loss", 0) is None


def test_the_cursor_stays_within_the_steps_and_in_sight():
    sight = Sight(5000)
    acts = (
        lambda: sight.zoom(8),
        lambda: sight.stride(-300),
        lambda: sight.move(-(10**8)),
        lambda: sight.zoom(0.5),
        lambda: sight.stride(7),
        lambda: sight.zoom(4),
        lambda: sight.move(10**8),
        lambda: sight.zoom(0.01),
    )
    for act in acts:
        act()
        assert 1 <= sight.first <= sight.cursor <= sight.last <= 5000
    assert sight.whole


def test_zooming_leaves_the_cursor_where_it_is_on_the_screen():
    sight = Sight(10_000)
    sight.go_to(2500)
    sight.zoom(2)
    assert (sight.span, sight.cursor) == (5000, 2500)
    assert (sight.cursor - sight.first) / sight.span == pytest.approx(0.25, abs=0.01)


def test_a_moment_has_neighbours():
    assert [neighbour([10, 20], at, 1) for at in (1, 10, 15, 20)] == [10, 20, 20, None]
    assert [neighbour([10, 20], at, -1) for at in (1, 10, 15, 25)] == [None, None, 10, 20]

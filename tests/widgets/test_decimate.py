import random

import pytest

from tuilab.widgets.decimate import History, decimate


@pytest.mark.parametrize("count", [0, 1, 5, 79, 80, 81, 1000, 4321])
def test_minimum_maximum_and_order_are_kept(count):
    generator = random.Random(count)
    xs, ys = list(range(count)), [generator.random() for _ in range(count)]
    kept_xs, kept_ys = decimate(xs, ys, 40)
    assert len(kept_xs) == len(kept_ys) <= max(80, 0)
    assert kept_xs == sorted(kept_xs) and all(ys[x] == y for x, y in zip(kept_xs, kept_ys, strict=True))
    if count:
        assert min(kept_ys) == min(ys) and max(kept_ys) == max(ys)


def test_a_single_spike_is_never_lost():
    for place in range(0, 5000, 617):
        ys = [0.0] * 5000
        ys[place] = 1.0
        assert 1.0 in decimate(range(5000), ys, 60)[1]


def test_a_history_keeps_extremes_in_bounded_memory():
    history = History(buckets=50)
    generator = random.Random(1)
    values = [generator.random() for _ in range(12_345)]
    values[7000] = 9.0
    for start in range(0, len(values), 97):
        history.extend(values[start : start + 97])
    xs, ys = history.points()
    assert history.count == len(values) and len(xs) <= 100
    assert max(ys) == 9.0 and min(ys) == min(values)
    assert abs(xs[ys.index(9.0)] - 7001) < history.width and xs == sorted(xs)


def test_a_short_history_is_exact():
    history = History()
    history.extend([3.0, 1.0, 2.0])
    assert history.points() == ([1, 2, 3], [3.0, 1.0, 2.0])

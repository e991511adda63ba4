import math

import pytest
import torch

from tuilab.engine.series import SineSeries

SERIES = SineSeries(0.0, 30.0, 300)


def test_values_are_the_sine_of_evenly_spaced_places() -> None:
    places = SERIES.places(290, 20)  # beyond the end too
    assert SERIES.spacing == pytest.approx(0.1)
    assert places.tolist() == pytest.approx([0.1 * n for n in range(290, 310)])
    expected = [math.sin(0.1 * n) for n in range(290, 310)]
    assert SERIES.values(290, 20).tolist() == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("batch", "length"), [(1, 2), (32, 30), (3, 299)])
def test_a_batch_is_windows_and_the_same_shifted_by_one(batch: int, length: int) -> None:
    inputs, targets = SERIES.batch(batch, length, torch.Generator().manual_seed(1))
    assert inputs.shape == targets.shape == (batch, length, 1)
    assert torch.equal(inputs[:, 1:], targets[:, :-1])
    assert inputs.dtype == torch.float32


def test_windows_are_taken_from_everywhere_and_never_reach_beyond_the_points() -> None:
    ramp = SineSeries(0.0, 1.0, 10)  # so short that sin rises throughout: a value tells its place
    places = {round(value, 5): n for n, value in enumerate(ramp.values(0, 10).tolist())}
    generator = torch.Generator().manual_seed(1)
    firsts, lasts = set(), set()
    for _ in range(50):
        inputs, targets = ramp.batch(8, 4, generator)
        firsts |= {places[round(value, 5)] for value in inputs[:, 0, 0].tolist()}
        lasts |= {places[round(value, 5)] for value in targets[:, -1, 0].tolist()}
    assert firsts == set(range(6)) and lasts == set(range(4, 10))


def test_too_few_points_are_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="10 points are too few for windows of 10 and their successor"):
        SineSeries(0.0, 1.0, 10).batch(1, 10, torch.Generator())

"""Drift measured on waves whose drift is known."""

import math

import numpy as np
import pytest

from tuilab.engine.drift import drift, lasted

ANGLES = 0.7 + 0.1 * np.arange(300)


@pytest.mark.parametrize(("amplitude", "ahead", "offset"), [(1, 0, 0), (0.5, 0.4, 0), (2, -1.5, 0.3), (1, 3.0, -1)])
def test_a_wave_of_other_amplitude_and_phase(amplitude: float, ahead: float, offset: float) -> None:
    found = drift(amplitude * np.sin(ANGLES + ahead) + offset, ANGLES)
    assert found is not None
    assert found.amplitude == pytest.approx(np.full(300 - 62, amplitude))
    assert found.phase == pytest.approx(np.full(300 - 62, ahead))
    assert (found.last[0], found.last[-1]) == (62, 299)  # a period has 63 points


def test_a_phase_that_runs_away_is_followed_beyond_half_a_turn() -> None:
    ahead = 0.03 * np.arange(300)  # to 9 radians: more than a turn
    found = drift(np.sin(ANGLES + ahead), ANGLES)
    assert found is not None
    middle = ahead[31:-31]  # a window's shift is about that of its middle
    assert np.abs(found.phase - middle).max() < 0.3
    assert found.phase[-1] - found.phase[0] == pytest.approx(0.03 * 237, abs=0.3)
    behind = drift(np.sin(ANGLES - ahead), ANGLES)
    assert behind is not None and behind.phase[-1] < -2 * math.pi


def test_an_amplitude_that_shrinks() -> None:
    found = drift(0.995 ** np.arange(300) * np.sin(ANGLES), ANGLES)
    assert found is not None
    assert found.amplitude == pytest.approx(0.995 ** np.arange(31, 300 - 31), rel=0.04)
    assert np.abs(found.phase).max() < 0.03


def test_a_period_that_is_no_whole_number_of_points() -> None:
    angles = 1.1 * np.arange(50)
    found = drift(0.8 * np.sin(angles + 0.2) + 0.1, angles)
    assert found is not None
    assert found.amplitude == pytest.approx(np.full(45, 0.8)) and found.phase == pytest.approx(np.full(45, 0.2))


@pytest.mark.parametrize(("count", "step"), [(62, 0.1), (50, 2.0), (1, 0.1), (0, 0.1), (50, -0.1)])
def test_less_than_a_period_or_too_few_points_in_it_give_none(count: int, step: float) -> None:
    assert drift(np.ones(count), step * np.arange(count)) is None


def test_lasted_counts_what_comes_before_the_first_error_above_the_limit() -> None:
    errors = np.array([0.1, 0.3, 0.2, 0.31, 0.0, 0.9])
    assert lasted(errors, 0.3) == 3 and lasted(errors, 0.05) == 0 and lasted(errors, 1.0) == 6
    assert lasted(np.array([]), 0.3) == 0

"""Waves against the formulas of numpy, and what sampling makes of them."""

import math

import numpy as np
import pytest
import torch

from tuilab.engine.waves import alias, sampling_limit, sawtooth, sine, sines, square

X = torch.linspace(-20, 20, 4001, dtype=torch.float64)
PERIODS = np.asarray(X) / (2 * math.pi)
FULL = PERIODS - np.floor(PERIODS)


@pytest.mark.parametrize(
    ("wave", "formula"),
    [
        (sine, np.sin(np.asarray(X))),
        (sawtooth, 2 * FULL - 1),
        (square, np.where(FULL < 0.5, 1.0, -1.0)),
    ],
)
def test_waves_are_their_formulas(wave, formula):
    assert np.allclose(np.asarray(wave(X)), formula, atol=1e-12)
    assert wave(X).dtype == torch.float64


def test_a_sum_is_of_sines_each_with_its_frequency_and_amplitude():
    formula = 2 * np.sin(0.5 * np.asarray(X)) - 0.25 * np.sin(7 * np.asarray(X))
    assert np.allclose(np.asarray(sines(X, [(0.5, 2.0), (7.0, -0.25)])), formula, atol=1e-12)


def test_the_sines_of_a_square_come_near_it():
    parts = [(float(k), 4 / (math.pi * k)) for k in range(1, 200, 2)]
    away = (FULL % 0.5 > 0.05) & (FULL % 0.5 < 0.45)  # from the jumps
    assert np.abs(np.asarray(sines(X, parts) - square(X)))[away].max() < 0.05


@pytest.mark.parametrize("spacing", [0.1, 0.75, 3.0])
@pytest.mark.parametrize("frequency", [0.3, 1.0, 7.5, 31.0, 62.0, 60.0, 999.0])
def test_the_alias_goes_through_the_same_points_below_the_limit(frequency, spacing):
    points = torch.arange(40, dtype=torch.float64) * spacing
    found, limit = alias(frequency, spacing), sampling_limit(spacing)
    assert 0 <= found <= limit * (1 + 1e-12) and limit * spacing == pytest.approx(math.pi)
    wave, other = torch.cos(frequency * points), torch.cos(found * points)
    assert torch.allclose(wave, other, atol=1e-8)  # of sines the sign may be the other one
    if frequency < limit:
        assert found == pytest.approx(frequency)

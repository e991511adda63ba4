import math

import numpy as np
import pytest

from tuilab.engine.baselines import (
    Errors,
    errors,
    mae,
    mase_scale,
    naive,
    one_behind,
    rmse,
    rolling_origins,
    seasonal_naive,
)

HISTORY = np.array([1.0, 5, 2, 2, 7, 3])  # two seasons of three


def test_naive_forecasts() -> None:
    assert naive(HISTORY, 2).tolist() == [3, 3]
    assert seasonal_naive(HISTORY, 3, 2).tolist() == [2, 7]
    assert seasonal_naive(HISTORY, 3, 5).tolist() == [2, 7, 3, 2, 7]
    assert seasonal_naive(HISTORY, 1, 2).tolist() == naive(HISTORY, 2).tolist()
    with pytest.raises(ValueError, match="6 values are less than a season of 7"):
        seasonal_naive(HISTORY, 7, 1)


def test_one_step_ahead_they_see_the_true_values_before() -> None:
    assert one_behind(HISTORY, 4, 1).tolist() == [2, 7]
    assert one_behind(HISTORY, 4, 3).tolist() == [5, 2]


def test_errors_worked_out_by_hand() -> None:
    truth, forecast = np.array([10.0, 20, 30]), np.array([12.0, 20, 25])
    assert mae(truth, forecast) == pytest.approx(7 / 3)  # 2, 0, 5
    assert rmse(truth, forecast) == pytest.approx(math.sqrt(29 / 3))  # 4, 0, 25
    assert mase_scale(HISTORY, 3) == pytest.approx(4 / 3)  # |2-1|, |7-5|, |3-2|
    assert mase_scale(HISTORY, 1) == pytest.approx((4 + 3 + 0 + 5 + 4) / 5)
    assert errors(truth, forecast, 4 / 3).mase == pytest.approx(7 / 4)
    assert errors(truth, truth, 0.0) == Errors(0, 0, None)  # a past that repeats itself has no scale


def test_the_seasonal_naive_forecast_of_its_own_history_has_a_mase_of_one() -> None:
    assert errors(HISTORY[3:], HISTORY[:3], mase_scale(HISTORY, 3)).mase == pytest.approx(1)


def test_rolling_origins() -> None:
    assert rolling_origins(168, 96, 12) == [96, 108, 120, 132, 144, 156]
    assert rolling_origins(10, 4, 4) == [4] and rolling_origins(10, 7, 4) == []

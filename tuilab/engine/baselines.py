"""The naive forecasts that a network has to beat, and the errors by which forecasts are compared.

All in double precision and in the unit of the series. The definitions are those of R. J. Hyndman and A. B. Koehler,
"Another look at measures of forecast accuracy", International Journal of Forecasting 22 (2006), 679 to 688.
"""

from dataclasses import dataclass

import numpy as np


def naive(history: np.ndarray, steps: int) -> np.ndarray:
    """The last value again and again: (steps,)."""
    return np.full(steps, history[-1])


def seasonal_naive(history: np.ndarray, season: int, steps: int) -> np.ndarray:
    """What was one season before, and where that lies ahead, the season before that: (steps,). With season 1 naive's.

    Raises ValueError where the history has no whole season.
    """
    if len(history) < season:
        raise ValueError(f"{len(history)} values are less than a season of {season}")
    return np.resize(history[-season:], steps)


def one_behind(values: np.ndarray, first: int, distance: int) -> np.ndarray:
    """Say each value from number `first` on by the true one that is `distance` before it: one step ahead."""
    return values[first - distance : len(values) - distance]


def mae(truth: np.ndarray, forecast: np.ndarray) -> float:
    """Mean absolute error: mean |y - f|."""
    return float(np.abs(truth - forecast).mean())


def rmse(truth: np.ndarray, forecast: np.ndarray) -> float:
    """Root mean squared error: sqrt(mean (y - f)^2)."""
    return float(np.sqrt(((truth - forecast) ** 2).mean()))


def mase_scale(history: np.ndarray, season: int) -> float:
    """What MASE is counted in: the mean absolute error of the seasonal naive forecast one season ahead in `history`.

    With season 1 it is that of the naive forecast one step ahead. Nought where the history repeats itself.
    """
    return float(np.abs(history[season:] - history[:-season]).mean())


@dataclass(frozen=True)
class Errors:
    """The errors of one forecast; `mase` is None where the history repeats itself, so that it has no scale."""

    mae: float
    rmse: float
    mase: float | None


def errors(truth: np.ndarray, forecast: np.ndarray, scale: float) -> Errors:
    """All three; `scale` is that of `mase_scale`."""
    absolute = mae(truth, forecast)
    return Errors(absolute, rmse(truth, forecast), absolute / scale if scale else None)


def rolling_origins(count: int, first: int, horizon: int) -> list[int]:
    """Where forecasts of `horizon` values begin: at `first`, and on by that much while all of it is known."""
    return list(range(first, count - horizon + 1, horizon))

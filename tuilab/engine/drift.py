"""How far a wave that was generated has drifted from the true one, and how long it was with it."""

import math
from dataclasses import dataclass

import numpy as np

LEAST = 4  # points of a period, for amplitude, phase and mean to be told apart


@dataclass(frozen=True)
class Drift:
    """A wave against a true one, over every window of one period: numbers `last` are where the windows end.

    `amplitude` is the ratio to the true amplitude; `phase` how far it runs ahead, in radians, followed without jumps
    from window to window.
    """

    last: np.ndarray
    amplitude: np.ndarray
    phase: np.ndarray


def drift(values: np.ndarray, angles: np.ndarray) -> Drift | None:
    """Hold values (time,) against the sine of `angles` (time,), which are equally far apart.

    To each window of one period of the true wave, moved on point by point, A sin(angle + d) + c is fitted by least
    squares: A is the ratio of the amplitudes, d the shift of the phase. None where there is no whole period, or where
    it has fewer than four points.
    """
    period = points_in_period(angles)
    if not LEAST <= period <= len(values):
        return None
    within = angles[:period] - angles[0]
    basis = np.stack([np.sin(within), np.cos(within), np.ones(period)], axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(values, period)
    sine, cosine, _ = np.linalg.pinv(basis) @ windows.T
    begun = angles[: len(windows)]
    shift = np.arctan2(cosine, sine) - begun
    first = math.remainder(float(shift[0]), 2 * math.pi)
    return Drift(
        last=np.arange(period - 1, len(values)),
        amplitude=np.hypot(sine, cosine),
        phase=np.unwrap(shift) - shift[0] + first,
    )


def points_in_period(angles: np.ndarray) -> int:
    """How many points a period of the sine of these angles has, about; 0 where that is unknown."""
    step = float(angles[1] - angles[0]) if len(angles) > 1 else 0.0
    return round(2 * math.pi / step) if step > 0 else 0


def lasted(errors: np.ndarray, limit: float) -> int:
    """How many errors come before the first above the limit; all of them, where none is."""
    beyond = np.flatnonzero(errors > limit)
    return int(beyond[0]) if len(beyond) else len(errors)

"""Compare a forecast with the truth and with the naive forecast."""

import numpy as np


def compare(series, forecast):
    """The RMSE of forecast and same month last year, in pounds."""
    train, truth = series[:-12], series[-12:]
    low, high = train.min(), train.max()

    def rmse(guess):
        return np.sqrt(np.mean((guess - truth) ** 2))

    return rmse(low + forecast * (high - low)), rmse(series[-24:-12])

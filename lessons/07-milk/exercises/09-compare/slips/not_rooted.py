"""The root is missing: this is the mean squared error, in pounds squared."""

import numpy as np


def compare(series, forecast):
    train, truth = series[:-12], series[-12:]
    low, span = train.min(), train.max() - train.min()
    return np.mean((low + forecast * span - truth) ** 2), np.mean((series[-24:-12] - truth) ** 2)

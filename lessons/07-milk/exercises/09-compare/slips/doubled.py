"""The errors are multiplied by two, `* 2`; they are to be squared, `** 2`."""

import numpy as np


def compare(series, forecast):
    train, truth = series[:-12], series[-12:]
    low, span = train.min(), train.max() - train.min()
    error = np.sqrt(np.mean((low + forecast * span - truth) * 2))
    return error, np.sqrt(np.mean((series[-24:-12] - truth) * 2))

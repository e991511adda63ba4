"""A scaled forecast is compared with pounds: undo the scaling of the forecast first."""

import numpy as np


def compare(series, forecast):
    train, truth = series[:-12], series[-12:]
    low, span = train.min(), train.max() - train.min()
    error = np.sqrt(np.mean((forecast - truth) ** 2))
    return error, np.sqrt(np.mean((series[-24:-12] - truth) ** 2))

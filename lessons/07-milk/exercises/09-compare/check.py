"""The milk series, and a series whose largest value lies in the last year, each with a forecast that errs."""

import csv

import numpy as np

from tuilab.exercises.probing import parts


def _compared(compare, series, errors):
    train = series[:-12]
    forecast = (series[-12:] + errors - train.min()) / (train.max() - train.min())
    return parts(compare(series, forecast), "the error of the forecast", "that of the same month last year")


def probe_milk(compare):
    """compare(milk in pounds, a forecast that errs by 0 to 22 pounds)"""
    with open("milk.csv") as file:
        series = np.array([float(row["pounds"]) for row in csv.DictReader(file)])
    return _compared(compare, series, np.arange(12) * 2.0)


def probe_rising(compare):
    """compare(48 rising months, a forecast that errs by 3 and -1 in turn)"""
    return _compared(compare, np.arange(48) ** 2 / 10 + 20, np.array([3.0, -1.0] * 6))

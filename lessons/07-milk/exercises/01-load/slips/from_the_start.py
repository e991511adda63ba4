"""The series is cut `held` values from its start; the cut belongs `held` values before its end."""

from csv import DictReader


def load(path):
    with open(path) as file:
        return [float(row["pounds"]) for row in DictReader(file)]


def split(series, held):
    return series[:held], series[held:]

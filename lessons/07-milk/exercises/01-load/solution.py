"""Load the series and split it."""

import csv


def load(path):
    """The pounds of all rows of a file, in order."""
    with open(path) as file:
        return [float(row["pounds"]) for row in csv.DictReader(file)]


def split(series, held):
    """The series without its last `held` values, and these."""
    return series[:-held], series[-held:]

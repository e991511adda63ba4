"""The pounds are still texts, as `'589'`: `float` makes a number of each."""

import csv


def load(path):
    with open(path) as file:
        return [row[1] for row in list(csv.reader(file))[1:]]


def split(series, held):
    return series[:-held], series[-held:]

"""Inputs and targets are swapped: the targets are to be the later ones."""


def window(series, start, steps):
    return series[start + 1 : start + steps + 1], series[start : start + steps]

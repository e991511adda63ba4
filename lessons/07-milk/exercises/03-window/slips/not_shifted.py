"""The targets are not shifted: they are the inputs once more, and are to begin one step later."""


def window(series, start, steps):
    return series[start : start + steps], series[start : start + steps]

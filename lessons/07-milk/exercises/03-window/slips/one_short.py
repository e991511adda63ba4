"""The window is one value short: what stands behind the colon of a slice is not in it any more."""


def window(series, start, steps):
    return series[start : start + steps - 1], series[start + 1 : start + steps]

"""The targets are one value, the next after the window; at each step the network is to say what comes next."""


def window(series, start, steps):
    return series[start : start + steps], series[start + steps]

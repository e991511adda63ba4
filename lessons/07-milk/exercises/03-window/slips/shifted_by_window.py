"""The targets begin a whole window later; they are to begin one step later."""


def window(series, start, steps):
    return series[start : start + steps], series[start + steps : start + 2 * steps]

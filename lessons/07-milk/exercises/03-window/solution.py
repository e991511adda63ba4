"""Cut one window out of a series, with its targets."""


def window(series, start, steps):
    """The values from `start` on, and those from one later on, `steps` of each."""
    return series[start : start + steps], series[start + 1 : start + steps + 1]

"""Cut one window out of a series, with its targets."""


def window(series, start, steps):
    """`steps` values from `start` on, and as many from one later on."""
    raise NotImplementedError

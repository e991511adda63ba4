"""Load the series and split it."""


def load(path):
    """The pounds of all rows of a file, in order."""
    raise NotImplementedError


def split(series, held):
    """The series without its last `held` values, and these."""
    raise NotImplementedError

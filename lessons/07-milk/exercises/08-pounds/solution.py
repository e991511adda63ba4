"""Undo the scaling."""


def pounds(scaled, train):
    """Scaled values in pounds again."""
    low, high = train.min(), train.max()
    return low + scaled * (high - low)

"""Undo the scaling."""


def pounds(scaled, train):
    """Scaled values in pounds again."""
    raise NotImplementedError

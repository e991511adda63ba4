"""What is said where a table cannot be a series."""


class DataError(ValueError):
    """What is wrong with a table: one sentence, with the row and the column where there are any, and what to do."""

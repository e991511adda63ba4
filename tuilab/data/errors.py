"""What is said where a table cannot be a series."""


class DataError(ValueError):
    """What is wrong with a table: one sentence, with the row and the column where there are any, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(printable(sentence))


def printable(text: str) -> str:
    """A text of a file as it may reach a terminal: whatever is no letter, digit or sign is a question mark."""
    return "".join(character if character.isprintable() else "?" for character in text)

"""What is wrong with a file of vectors."""


class VectorError(ValueError):
    """Vectors that cannot be had; the text is one sentence, with the line or byte where there is one."""

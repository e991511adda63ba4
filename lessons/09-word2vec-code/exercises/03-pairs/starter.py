"""The pairs that skip-gram learns from."""


def pairs(sentences, window):
    """Pairs (given, context) of all sentences."""
    found = []
    raise NotImplementedError

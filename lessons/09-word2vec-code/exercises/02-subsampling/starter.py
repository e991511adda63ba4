"""Leave out some occurrences of the frequent words."""

import numpy as np


def keep(counts, threshold):
    """The probability that an occurrence of each word stays."""
    raise NotImplementedError


def thin(ids, chances, draws):
    """What stays of a sentence of ids."""
    raise NotImplementedError

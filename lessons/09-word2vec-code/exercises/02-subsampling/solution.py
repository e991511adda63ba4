"""Leave out some occurrences of the frequent words."""

import numpy as np


def keep(counts, threshold):
    """The probability that an occurrence of each word stays."""
    rarity = threshold / (np.asarray(counts) / np.sum(counts))
    return np.minimum(1, np.sqrt(rarity) + rarity)


def thin(ids, chances, draws):
    """What stays of a sentence of ids."""
    return [word for word, draw in zip(ids, draws) if draw < chances[word]]

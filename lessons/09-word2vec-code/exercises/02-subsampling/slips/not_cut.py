"""Some are above 1, which no probability is: cut them, min(1, …)."""

import numpy as np


def keep(counts, threshold):
    rarity = threshold / (np.asarray(counts) / np.sum(counts))
    return np.sqrt(rarity) + rarity


def thin(ids, chances, draws):
    return [word for word, draw in zip(ids, draws) if draw < chances[word]]

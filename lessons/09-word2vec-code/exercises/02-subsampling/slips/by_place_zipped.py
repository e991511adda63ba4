"""`thin` looks the probability up by the place in the sentence; it is the word's, `chances[id]`."""

import numpy as np


def keep(counts, threshold):
    rarity = threshold / (np.asarray(counts) / np.sum(counts))
    return np.minimum(1, np.sqrt(rarity) + rarity)


def thin(ids, chances, draws):
    return [word for word, chance, draw in zip(ids, chances, draws) if draw < chance]

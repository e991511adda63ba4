"""f is the count itself here; it is to be the word's share, the count divided by the sum of all."""

import numpy as np


def keep(counts, threshold):
    rarity = threshold / (np.asarray(counts))
    return np.minimum(1, np.sqrt(rarity) + rarity)


def thin(ids, chances, draws):
    return [word for word, draw in zip(ids, draws) if draw < chances[word]]

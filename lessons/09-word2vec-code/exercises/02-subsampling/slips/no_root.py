"""The root is left out: √(s/f) + s/f."""

import numpy as np


def keep(counts, threshold):
    rarity = threshold / (np.asarray(counts) / np.sum(counts))
    return np.minimum(1, rarity + rarity)


def thin(ids, chances, draws):
    return [word for word, draw in zip(ids, draws) if draw < chances[word]]

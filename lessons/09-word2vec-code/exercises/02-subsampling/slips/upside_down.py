"""The fraction is upside down, f/s for s/f: so the frequent words stay and the rare ones go."""

import numpy as np


def keep(counts, threshold):
    rarity = (np.asarray(counts) / np.sum(counts)) / threshold
    return np.minimum(1, np.sqrt(rarity) + rarity)


def thin(ids, chances, draws):
    return [word for word, draw in zip(ids, draws) if draw < chances[word]]

"""`thin` leaves what should go: a word stays if its draw is below its probability."""

import numpy as np


def keep(counts, threshold):
    rarity = threshold / (np.asarray(counts) / np.sum(counts))
    return np.minimum(1, np.sqrt(rarity) + rarity)


def thin(ids, chances, draws):
    return [word for word, draw in zip(ids, draws) if draw >= chances[word]]

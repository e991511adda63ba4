"""This is the probability to go, 1 − p; `keep` gives the probability to stay."""

import numpy as np


def keep(counts, threshold):
    rarity = threshold / (np.asarray(counts) / np.sum(counts))
    return 1 - np.minimum(1, np.sqrt(rarity) + rarity)


def thin(ids, chances, draws):
    return [word for word, draw in zip(ids, draws) if draw < chances[word]]

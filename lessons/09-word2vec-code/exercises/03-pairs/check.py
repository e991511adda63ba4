"""Sentences of ids, with a word that stands twice, one that is alone, and none at all; the order of pairs is free."""

import numpy as np

from tuilab.exercises.probing import Told, items


def _pairs(pairs, sentences, window):
    found = items(pairs(sentences, window))
    if any(np.shape(each) != (2,) for each in found):
        raise Told("gives something that is no pair of ids; a pair is (given, context).")
    ordered = sorted(tuple(map(int, each)) for each in found)
    return {"how many pairs": len(found), "the pairs in order of their ids": np.array(ordered).reshape(-1, 2)}


def probe_two_sentences(pairs):
    """pairs([[0, 1, 2, 3, 4], [5, 6, 7]], window=1)"""
    return _pairs(pairs, [[0, 1, 2, 3, 4], [5, 6, 7]], 1)


def probe_wider(pairs):
    """pairs([[0, 1, 2, 3, 4], [5, 6, 7]], window=2)"""
    return _pairs(pairs, [[0, 1, 2, 3, 4], [5, 6, 7]], 2)


def probe_twice(pairs):
    """pairs([[3, 1, 4, 1, 5]], window=2)"""
    return _pairs(pairs, [[3, 1, 4, 1, 5]], 2)


def probe_short(pairs):
    """pairs([[8], [], [2, 9]], window=5)"""
    return _pairs(pairs, [[8], [], [2, 9]], 5)

"""What the steps are asked for: pairs, noise words that say when they were drawn, rates."""

import itertools

import numpy as np


def _steps(train, pairs, epochs, rate):
    drawn, steps = itertools.count(100), []
    train(pairs, epochs, rate, lambda: next(drawn), lambda *asked: steps.append(asked))
    columns = list(zip(*steps)) or [()] * 4
    names = "the given words", "the context words", "the noise words", "the rates"
    return {"how many steps": len(steps), **{name: np.array(each) for name, each in zip(names, columns)}}


def probe_epochs(train):
    """train([(0, 1), (1, 0), (2, 3), (3, 2)], epochs=3, rate=0.12, ...)"""
    return _steps(train, [(0, 1), (1, 0), (2, 3), (3, 2)], 3, 0.12)


def probe_one(train):
    """train([(5, 6), (7, 8)], epochs=1, rate=1, ...)"""
    return _steps(train, [(5, 6), (7, 8)], 1, 1.0)

"""What the steps are asked for: pairs, noise words that say when they were drawn, rates."""

import itertools

import numpy as np

from tuilab.exercises.probing import Told


def _steps(train, pairs, epochs, rate):
    drawn, steps = itertools.count(100), []

    def draw():
        return next(drawn)

    def step(given, context, noise, rate):
        steps.append((given, context, noise, rate))

    draw.__qualname__, step.__qualname__ = "draw", "step"  # as the learner knows them, in what an exception says
    train(list(pairs), epochs, rate, draw, step)
    if any(callable(noise) for _, _, noise, _ in steps):
        raise Told("hands a step the function `draw` as its noise words.")
    if _are_shuffled([f"{asked[:2]}" for asked in steps], [f"{pair}" for pair in pairs]):
        return {"the pairs are taken in order": False}
    columns = list(zip(*steps)) or [()] * 4
    names = "the given words", "the context words", "the noise words", "the rates"
    found = {"the pairs are taken in order": True, "how many steps": len(steps)}
    return found | {name: np.array(each) for name, each in zip(names, columns)}


def _are_shuffled(taken, pairs):
    """Whether each epoch takes all pairs, in another order."""
    epochs = [taken[begin : begin + len(pairs)] for begin in range(0, len(taken), len(pairs))]
    return all(sorted(each) == sorted(pairs) for each in epochs) and any(each != pairs for each in epochs)


def probe_epochs(train):
    """train([(0, 1), (1, 2), (2, 3), (3, 4), (4, 2)], epochs=3, rate=0.12, ...)"""
    return _steps(train, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 2)], 3, 0.12)


def probe_one(train):
    """train([(5, 6), (7, 8), (6, 7), (8, 9), (9, 5)], epochs=1, rate=1, ...)"""
    return _steps(train, [(5, 6), (7, 8), (6, 7), (8, 9), (9, 5)], 1, 1.0)

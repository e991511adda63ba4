"""The noise words do not count: they are to be pushed away."""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    h, gradient, moves = vectors[given].copy(), 0, []
    for word in (context,):
        u = outputs[word].copy()
        error = 1 / (1 + np.exp(-(u @ h))) - (word == context)
        gradient = gradient + error * u
        moves.append((word, rate * error * h))
    for word, move in moves:
        outputs[word] -= move
    vectors[given] -= rate * gradient

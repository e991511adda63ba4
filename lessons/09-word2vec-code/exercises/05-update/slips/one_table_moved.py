"""u of the context and of the noise is taken from `vectors`; it is the row of `outputs`."""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    h, gradient, moves = vectors[given].copy(), 0, []
    for word in (context, *(word for word in noise if word != context)):
        u = vectors[word].copy()
        error = 1 / (1 + np.exp(-(u @ h))) - (word == context)
        gradient = gradient + error * u
        moves.append((word, rate * error * h))
    for word, move in moves:
        vectors[word] -= move
    vectors[given] -= rate * gradient

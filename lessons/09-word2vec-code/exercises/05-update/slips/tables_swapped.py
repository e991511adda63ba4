"""The two tables are confused: v of the given word is a row of `vectors`, u of the others are rows of `outputs`."""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    h, gradient, moves = outputs[given].copy(), 0, []
    for word in (context, *(word for word in noise if word != context)):
        u = vectors[word].copy()
        error = 1 / (1 + np.exp(-(u @ h))) - (word == context)
        gradient = gradient + error * u
        moves.append((word, rate * error * h))
    for word, move in moves:
        vectors[word] -= move
    outputs[given] -= rate * gradient

"""The context is among the noise words and is pushed away too; a noise word that is the context is left out."""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    h, gradient, moves = vectors[given].copy(), 0, []
    for place, word in enumerate([context, *noise]):
        u = outputs[word].copy()
        error = 1 / (1 + np.exp(-(u @ h))) - (place == 0)
        gradient = gradient + error * u
        moves.append((word, rate * error * h))
    for word, move in moves:
        outputs[word] -= move
    vectors[given] -= rate * gradient

"""The context is among the noise words and is pulled twice; a noise word that is the context is left out."""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    h, gradient, moves = vectors[given].copy(), 0, []
    for word in (context, *noise):
        u = outputs[word].copy()
        error = 1 / (1 + np.exp(-(u @ h))) - (word == context)
        gradient = gradient + error * u
        moves.append((word, rate * error * h))
    for word, move in moves:
        outputs[word] -= move
    vectors[given] -= rate * gradient

"""The label is left out: the error is σ − label, and the label of the context is 1."""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    h, gradient, moves = vectors[given].copy(), 0, []
    for word in (context, *(word for word in noise if word != context)):
        u = outputs[word].copy()
        error = 1 / (1 + np.exp(-(u @ h)))
        gradient = gradient + error * u
        moves.append((word, rate * error * h))
    for word, move in moves:
        outputs[word] -= move
    vectors[given] -= rate * gradient

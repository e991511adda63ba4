"""The rows of `outputs` move along a v that has moved already: keep a copy of h before its step."""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    h, gradient, moves = vectors[given], 0, []
    for word in (context, *(word for word in noise if word != context)):
        u = outputs[word].copy()
        error = 1 / (1 + np.exp(-(u @ h))) - (word == context)
        gradient = gradient + error * u
        moves.append((word, rate * error))
    vectors[given] -= rate * gradient
    for word, move in moves:
        outputs[word] -= move * h

"""The gradient of v is made of rows of `outputs` that have moved already: take each u before its step. A row of an
array is no copy.
"""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    h, gradient, moves = vectors[given].copy(), 0, []
    for word in (context, *(word for word in noise if word != context)):
        u = outputs[word]
        error = 1 / (1 + np.exp(-(u @ h))) - (word == context)
        outputs[word] -= rate * error * h
        gradient = gradient + error * u
    for word, move in moves:
        outputs[word] -= move
    vectors[given] -= rate * gradient

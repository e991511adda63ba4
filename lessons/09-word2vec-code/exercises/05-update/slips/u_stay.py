"""The rows of `outputs` do not move."""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    h, gradient = vectors[given].copy(), 0
    for word in (context, *(word for word in noise if word != context)):
        u = outputs[word].copy()
        error = 1 / (1 + np.exp(-(u @ h))) - (word == context)
        gradient = gradient + error * u
    vectors[given] -= rate * gradient

"""v moves after each word, and the next score is made with it: add up its gradient, and move it once, at the end."""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    for word in (context, *(word for word in noise if word != context)):
        h, u = vectors[given].copy(), outputs[word].copy()
        error = 1 / (1 + np.exp(-(u @ h))) - (word == context)
        outputs[word] -= rate * error * h
        vectors[given] -= rate * error * u

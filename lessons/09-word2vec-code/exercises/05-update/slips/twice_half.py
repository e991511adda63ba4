"""A noise word that is there twice counts once. `outputs[rows] -= …` does that silently; `np.subtract.at` does not."""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    rows = [context, *(word for word in noise if word != context)]
    h, u = vectors[given].copy(), outputs[rows]
    errors = 1 / (1 + np.exp(-(u @ h)))
    errors[0] -= 1
    outputs[rows] -= rate * np.outer(errors, h)
    vectors[given] -= rate * errors @ u

"""In one loop a row moves before the step of the other is worked out from it: take all gradients first, of the rows as
they were.
"""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    for word in (context, *(word for word in noise if word != context)):
        h, u = vectors[given], outputs[word]
        error = 1 / (1 + np.exp(-(u @ h))) - (word == context)
        vectors[given] -= rate * error * u
        outputs[word] -= rate * error * h

"""Five words of three numbers: how far each row moves."""

import numpy as np

TOLERANCE = 1e-4


def _moved(update, given, context, noise, rate):
    draw = np.random.default_rng(3)
    vectors, outputs = draw.normal(size=(5, 3)), draw.normal(size=(5, 3))
    before = vectors.copy(), outputs.copy()
    update(vectors, outputs, given, context, np.array(noise), rate)
    return {"the moves of vectors": vectors - before[0], "the moves of outputs": outputs - before[1]}


def probe_step(update):
    """update(5 words of 3 numbers, given=1, context=3, noise=[0, 4], rate=0.5)"""
    return _moved(update, 1, 3, [0, 4], 0.5)


def probe_same(update):
    """update(5 words of 3 numbers, given=2, context=2, noise=[1, 0, 4], rate=1)"""
    return _moved(update, 2, 2, [1, 0, 4], 1.0)


def probe_left_out(update):
    """update(5 words of 3 numbers, given=0, context=3, noise=[3, 1, 2], rate=0.5)"""
    return _moved(update, 0, 3, [3, 1, 2], 0.5)


def probe_twice(update):
    """update(5 words of 3 numbers, given=4, context=0, noise=[2, 1, 2], rate=0.00001)"""
    return _moved(update, 4, 0, [2, 1, 2], 1e-5)

"""Let a trained model go on by itself."""

import torch


def generate(model, series, steps, held):
    """What the model says of the last `held` months."""
    raise NotImplementedError

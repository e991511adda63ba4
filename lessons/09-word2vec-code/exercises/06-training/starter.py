"""Train on pairs, epoch after epoch."""


def train(pairs, epochs, rate, draw, step):
    """Take a step for each pair of each epoch, at a falling rate."""
    raise NotImplementedError

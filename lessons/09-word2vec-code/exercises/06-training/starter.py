"""Train on pairs, epoch after epoch."""


def train(pairs, epochs, rate, draw, step):
    """A step for each pair of each epoch; the rate falls to 0."""
    raise NotImplementedError

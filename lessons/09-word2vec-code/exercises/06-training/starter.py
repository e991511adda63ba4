"""Train on pairs, epoch after epoch."""


def train(pairs, epochs, rate, draw, step):
    """Take a step for each pair of each epoch, with a rate that falls in a straight line."""
    raise NotImplementedError

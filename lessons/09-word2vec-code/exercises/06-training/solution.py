"""Train on pairs, epoch after epoch."""


def train(pairs, epochs, rate, draw, step):
    """Take a step for each pair of each epoch, at a falling rate."""
    done, total = 0, epochs * len(pairs)
    for _ in range(epochs):
        for given, context in pairs:
            step(given, context, draw(), rate * (1 - done / total))
            done += 1

"""The pairs are shuffled; go through them in order."""

from random import sample


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    for _ in range(epochs):
        for given, context in sample(pairs, len(pairs)):
            step(given, context, draw(), rate * (1 - done / total))
            done += 1

"""The rate has fallen to 0 after the first epoch and is negative then: divide by the steps of all epochs."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, len(pairs)
    for _ in range(epochs):
        for given, context in pairs:
            step(given, context, draw(), rate * (1 - done / total))
            done += 1

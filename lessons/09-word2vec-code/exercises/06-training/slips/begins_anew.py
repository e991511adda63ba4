"""The rate falls within each epoch and begins anew with the next; it falls once, over all of them."""


def train(pairs, epochs, rate, draw, step):
    for _ in range(epochs):
        for done, (given, context) in enumerate(pairs):
            step(given, context, draw(), rate * (1 - done / len(pairs)))

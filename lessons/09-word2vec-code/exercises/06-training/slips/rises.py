"""The rate rises from 0; it is to fall to it."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    for _ in range(epochs):
        for given, context in pairs:
            step(given, context, draw(), rate * (done / total))
            done += 1

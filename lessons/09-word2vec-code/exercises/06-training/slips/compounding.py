"""The rate that is left is multiplied again with each step, so it falls too fast: work out each from the first."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    for _ in range(epochs):
        for given, context in pairs:
            rate = rate * (1 - done / total)
            step(given, context, draw(), rate)
            done += 1

"""The rate never falls: each step has `rate` itself."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    for _ in range(epochs):
        for given, context in pairs:
            step(given, context, draw(), rate)
            done += 1

"""`draw` is not called: `draw()` gives the noise words."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    for _ in range(epochs):
        for given, context in pairs:
            step(given, context, draw, rate * (1 - done / total))
            done += 1

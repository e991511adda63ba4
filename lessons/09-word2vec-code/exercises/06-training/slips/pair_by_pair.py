"""Each pair is taken `epochs` times in a row; go through all of them, and then through all again."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    for given, context in pairs:
        for _ in range(epochs):
            step(given, context, draw(), rate * (1 - done / total))
            done += 1

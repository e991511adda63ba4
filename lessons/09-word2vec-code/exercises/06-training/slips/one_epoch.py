"""It goes through the pairs once; it is to do so `epochs` times."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, len(pairs)
    for _ in range(1):
        for given, context in pairs:
            step(given, context, draw(), rate * (1 - done / total))
            done += 1

"""Given and context are swapped."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    for _ in range(epochs):
        for given, context in pairs:
            step(context, given, draw(), rate * (1 - done / total))
            done += 1

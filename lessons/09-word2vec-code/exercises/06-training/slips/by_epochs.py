"""The rate falls from epoch to epoch only; it is to fall with every step."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    for epoch in range(epochs):
        for given, context in pairs:
            step(given, context, draw(), rate * (1 - epoch / epochs))
            done += 1

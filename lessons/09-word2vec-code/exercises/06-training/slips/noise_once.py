"""The noise words are drawn once, for all pairs; draw new ones for each."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    noise = draw()
    for _ in range(epochs):
        for given, context in pairs:
            step(given, context, noise, rate * (1 - done / total))
            done += 1

"""The noise words are drawn once an epoch; draw new ones for each pair."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    for _ in range(epochs):
        noise = draw()
        for given, context in pairs:
            step(given, context, noise, rate * (1 - done / total))
            done += 1

"""The last step has the rate 0, which moves nothing: divide by all steps, not by one less."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    for _ in range(epochs):
        for given, context in pairs:
            step(given, context, draw(), rate * (1 - done / max(1, total - 1)))
            done += 1

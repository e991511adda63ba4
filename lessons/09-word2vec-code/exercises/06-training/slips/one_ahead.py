"""The rate is one step ahead: a step counts before it is taken, so the first has less than `rate` and the last 0."""


def train(pairs, epochs, rate, draw, step):
    done, total = 0, epochs * len(pairs)
    for _ in range(epochs):
        for given, context in pairs:
            step(given, context, draw(), rate * (1 - (done + 1) / total))
            done += 1

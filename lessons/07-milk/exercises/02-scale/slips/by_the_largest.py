"""The values are divided by the largest and the smallest is not taken off first, so the smallest does not become 0."""


def scale(train, test):
    return train / train.max(), test / train.max()

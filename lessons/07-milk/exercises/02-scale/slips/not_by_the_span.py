"""What is left after the smallest is taken off is divided by the largest; it is to be divided by the largest less the
smallest.
"""


def scale(train, test):
    return (train - train.min()) / train.max(), (test - train.min()) / train.max()

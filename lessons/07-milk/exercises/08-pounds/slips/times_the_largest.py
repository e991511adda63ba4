"""The scaled values are multiplied by the largest; the scaling divided by the largest less the smallest."""


def pounds(scaled, train):
    return train.min() + scaled * train.max()

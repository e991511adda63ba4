"""The smallest is added before the product; the scaling divided last, so the product comes first."""


def pounds(scaled, train):
    return (scaled + train.min()) * (train.max() - train.min())

"""One update of skip-gram with negative sampling."""

import numpy as np


def update(vectors, outputs, given, context, noise, rate):
    """Move the rows of a pair and its noise words by one step."""
    raise NotImplementedError

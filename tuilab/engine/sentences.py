"""Sentences as numbers: a vocabulary, and words as one-hot rows."""

import torch
from torch import Tensor


def vocabulary(sentences: list[list[str]]) -> list[str]:
    """List the distinct words in the order in which they first appear."""
    return list(dict.fromkeys(word for sentence in sentences for word in sentence))


def one_hot(sentences: list[list[str]], words: list[str]) -> Tensor:
    """Encode sentences of equal length as (time, batch, len(words)): a single 1 at each word's own place."""
    index = torch.tensor([[words.index(word) for word in sentence] for sentence in sentences])
    return torch.nn.functional.one_hot(index.T, len(words)).float()

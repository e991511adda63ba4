"""The task of recalling the symbol that was seen at the first of many time steps."""

import torch
from torch import Tensor

SYMBOLS = 8


def batch(count: int, length: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Draw symbols: inputs (count, length, SYMBOLS), one-hot at the first step and blank after it; targets (count,)."""
    targets = torch.randint(SYMBOLS, (count,), generator=generator)
    inputs = torch.zeros(count, length, SYMBOLS)
    inputs[torch.arange(count), 0, targets] = 1
    return inputs, targets

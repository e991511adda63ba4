"""A model whose memory is short and whose weights are known, so that what it generates is."""

import numpy as np
import torch
from torch import nn

from tuilab.exercises.probing import Told

TOLERANCE = 1e-4


class Known(nn.Module):
    """Says at each step a fixed mixture of the value there, the one before it and the mean of all so far.

    It reads windows of one shape alone.
    """

    def __init__(self, steps, now, before, always, mean=0.0):
        super().__init__()
        self.shape = (1, steps, 1)
        self.mix = nn.Linear(3, 1)
        with torch.no_grad():
            self.mix.weight.copy_(torch.tensor([[now, before, mean]]))
            self.mix.bias.fill_(always)

    def forward(self, x):
        if tuple(x.shape) != self.shape:
            raise Told(f"calls the model with shape {tuple(x.shape)}, and {self.shape} is expected.")
        before = nn.functional.pad(x, (0, 0, 1, 0))[:, :-1]
        mean = x.cumsum(dim=1) / torch.arange(1, x.shape[1] + 1)[:, None]
        return self.mix(torch.cat((x, before, mean), dim=-1))


def probe_waves(generate):
    """generate(a model, 40 values of a wave, steps=12, held=6)"""
    return generate(Known(12, 1.2, -0.7, 0.1), np.sin(np.arange(40.0)), 12, 6)


def probe_year(generate):
    """generate(a model, 60 rising values, steps=24, held=12)"""
    return generate(Known(24, 0.5, 0.4, 0.05), np.linspace(0, 1, 60) ** 2, 24, 12)


def probe_whole_window(generate):
    """generate(a model that reads its whole window, 30 falling values, steps=10, held=5)"""
    return generate(Known(10, 0.5, 0.2, 0.0, 0.4), np.linspace(1, 0.1, 30) ** 2, 10, 5)

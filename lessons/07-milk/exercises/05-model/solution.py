"""A recurrent layer and a read-out, as one torch module."""

from torch import nn


class Model(nn.Module):
    """Reads (windows, steps, 1); says at each step what comes next."""

    def __init__(self, hidden):
        super().__init__()
        self.gru = nn.GRU(1, hidden, batch_first=True)
        self.out = nn.Linear(hidden, 1)

    def forward(self, x):
        states, _ = self.gru(x)
        return self.out(states)


def make_model(hidden):
    """A model with so many hidden units."""
    return Model(hidden)

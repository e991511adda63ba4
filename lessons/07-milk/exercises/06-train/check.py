"""Small models, trained for a few epochs: what the losses were, and where the weights are then."""

import torch
from torch import nn

TOLERANCE = 1e-3


class Small(nn.Module):
    """A GRU of three units and its read-out."""

    def __init__(self):
        super().__init__()
        self.gru, self.out = nn.GRU(1, 3, batch_first=True), nn.Linear(3, 1)

    def forward(self, x):
        return self.out(self.gru(x)[0])


def _trained(train, optimiser, rate, epochs):
    torch.manual_seed(1)
    model = Small()
    wave = torch.sin(torch.arange(40.0))
    pieces = torch.stack([wave[start : start + 7] for start in range(0, 20, 4)])[:, :, None]
    losses = train(model, optimiser(model.parameters(), lr=rate), pieces[:, :-1], pieces[:, 1:], epochs)
    weights = torch.cat([parameter.detach().flatten() for parameter in model.parameters()])
    return {"the losses": losses, "the weights after it": weights}


def then_numbers(train):
    """train(a GRU of 3 units, SGD with rate 0.1, ..., epochs=2), what it gives"""
    losses = _trained(train, torch.optim.SGD, 0.1, 2)["the losses"]
    if isinstance(losses, torch.Tensor):
        tensors = losses.requires_grad
    else:
        tensors = any(isinstance(each, torch.Tensor) for each in losses)
    return "tensors" if tensors else "numbers"


def probe_descent(train):
    """train(a GRU of 3 units, SGD with rate 0.1, ..., epochs=4)"""
    return _trained(train, torch.optim.SGD, 0.1, 4)


def probe_adam(train):
    """train(a GRU of 3 units, Adam with rate 0.01, ..., epochs=5)"""
    return _trained(train, torch.optim.Adam, 0.01, 5)

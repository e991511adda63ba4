"""The last loss alone is given, and the gradients are not zeroed in the loop; the losses of all epochs are wanted."""

from torch import nn


def train(model, optimiser, inputs, targets, epochs):
    losses = []
    optimiser.zero_grad()
    for _ in range(epochs):
        loss = nn.functional.mse_loss(model(inputs), targets)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses[-1]

"""The errors are multiplied by two, `* 2`; they are to be squared, `** 2`."""


def train(model, optimiser, inputs, targets, epochs):
    losses = []
    for _ in range(epochs):
        optimiser.zero_grad()
        loss = ((targets - model(inputs)) * 2).mean()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses

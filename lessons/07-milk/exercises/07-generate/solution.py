"""Let a trained model go on by itself."""

import torch


def generate(model, series, steps, held):
    """What the model says of the last `held` months."""
    window = list(series[:-held][-steps:])
    with torch.no_grad():
        for _ in range(held):
            x = torch.tensor(window[-steps:], dtype=torch.float32)
            window.append(model(x.reshape(1, -1, 1))[0, -1, 0].item())
    return window[steps:]

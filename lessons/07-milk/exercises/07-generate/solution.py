"""Let a trained model go on by itself."""

import torch


def generate(model, series, steps, held):
    """What the model says of the last `held` months, from the `steps` months before them."""
    window = list(series[:-held][-steps:])
    with torch.no_grad():
        for _ in range(held):
            x = torch.tensor(window[-steps:], dtype=torch.float32).reshape(1, -1, 1)
            window.append(model(x)[0, -1, 0].item())
    return window[steps:]

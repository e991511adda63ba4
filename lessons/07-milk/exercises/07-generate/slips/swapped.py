"""The shape of what the model reads is swapped: it is (1, steps, 1), one window of `steps` steps of one number."""

import torch


def generate(model, series, steps, held):
    window = list(series[:-held][-steps:])
    for _ in range(held):
        x = torch.tensor(window[-steps:], dtype=torch.float32).reshape(-1, 1, 1)
        window.append(model(x)[-1, 0, 0].item())
    return window[steps:]

"""The seed is given back too; only the months that were generated are wanted."""

import torch


def said(model, window):
    with torch.no_grad():
        return model(torch.tensor(window, dtype=torch.float32).reshape(1, -1, 1))[0, :, 0].tolist()


def generate(model, series, steps, held):
    window = list(series[:-held][-steps:])
    for _ in range(held):
        window.append(said(model, window[-steps:])[-1])
    return window

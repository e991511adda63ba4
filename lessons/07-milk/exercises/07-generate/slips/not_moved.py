"""The window does not move on: the same seed is read each time."""

import torch


def said(model, window):
    with torch.no_grad():
        return model(torch.tensor(window, dtype=torch.float32).reshape(1, -1, 1))[0, :, 0].tolist()


def generate(model, series, steps, held):
    window = list(series[:-held][-steps:])
    return [said(model, window)[-1]] * held

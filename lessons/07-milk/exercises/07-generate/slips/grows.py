"""The window grows: as a value comes behind it the oldest is to fall off, so that `steps` are left."""

import torch


def said(model, window):
    with torch.no_grad():
        return model(torch.tensor(window, dtype=torch.float32).reshape(1, -1, 1))[0, :, 0].tolist()


def generate(model, series, steps, held):
    window = list(series[:-held][-steps:])
    for _ in range(held):
        window.append(said(model, window)[-1])
    return window[steps:]

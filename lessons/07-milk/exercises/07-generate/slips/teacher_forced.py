"""The window moves on over what really happened, the held-out months; what the model said is to come behind it."""

import torch


def said(model, window):
    with torch.no_grad():
        return model(torch.tensor(window, dtype=torch.float32).reshape(1, -1, 1))[0, :, 0].tolist()


def generate(model, series, steps, held):
    first = len(series) - held
    return [said(model, series[end - steps : end])[-1] for end in range(first, len(series))]

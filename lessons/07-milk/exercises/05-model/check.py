"""What a model does, whatever it is made of: its shape, what its outputs depend on, how far they reach."""

import torch
from torch import nn

from tuilab.exercises.probing import Told

WINDOWS, STEPS = 5, 6


def probe_model(make_model):
    """make_model(8) called with a batch of (5, 6, 1)"""
    model = made(make_model, 8)
    batch = torch.linspace(-1, 1, WINDOWS * STEPS).reshape(WINDOWS, STEPS, 1)
    with torch.no_grad():
        out = model(batch)
        if not isinstance(out, torch.Tensor):
            raise Told(f"gives a {type(out).__name__}, and one tensor is expected, a number for each step.")
        found = {"its output": torch.zeros(out.shape)}
        return found if out.shape != batch.shape else found | facts(make_model, model, batch, out)


def facts(make_model, model, batch, out):
    def moved(window, step):
        """Which windows and steps say something else when one input is another."""
        other = batch.clone()
        other[window, step] += 1
        return (model(other) - out).abs().squeeze(-1) > 1e-7

    early, late = moved(2, 1), moved(2, STEPS - 2)
    others = [window for window in range(WINDOWS) if window != 2]
    for parameter in model.parameters():
        parameter.fill_(2.0)
    return {
        "a window has a say in what comes out of another": bool(early[others].any() or late[others].any()),
        "a step has a say in later ones": bool(early[2, 3]),
        "a step has a say in earlier ones": bool(late[2, : STEPS - 2].any()),
        "a number above 1 can come out": bool((model(batch + 2).abs() > 1).any()),
        "more hidden units make it larger": size(made(make_model, 16)) > size(model),
    }


def made(make_model, hidden):
    model = make_model(hidden)
    if not isinstance(model, nn.Module):
        raise Told(f"gives a {type(model).__name__}, and a torch module is expected.")
    return model.eval()


def size(model):
    return sum(parameter.numel() for parameter in model.parameters())

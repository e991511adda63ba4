"""Activation functions and their slopes as a few lines of torch, with the learner's settings."""

from tuilab.labs.activations.spec import Activations


def code(spec: Activations) -> str:
    """A program that prints each function at the cursor, its slope there, and the product of slopes through layers."""
    calls = {
        "sigmoid": "torch.sigmoid",
        "tanh": "torch.tanh",
        "relu": "torch.relu",
        "leaky": f"lambda x: nn.functional.leaky_relu(x, {spec.negative!r})",
        "elu": f"lambda x: nn.functional.elu(x, {spec.alpha!r})",
    }
    functions = "\n".join(f"    {name!r}: {calls[name]}," for name in spec.shown)
    return f"""\
import torch
from torch import nn

functions = {{
{functions}
}}
for name, f in functions.items():
    x = torch.tensor({spec.x!r}, dtype=torch.double, requires_grad=True)
    (slope,) = torch.autograd.grad(f(x), x)
    y = x
    for layer in range({spec.layers}):
        y = f(y)  # each layer is the function alone
    (product,) = torch.autograd.grad(y, x)  # of the slopes, by the chain rule
    print(name, "f(x) =", f(x).item(), "slope =", slope.item(), "product =", product.item())
"""

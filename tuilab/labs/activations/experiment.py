"""Runs the activations lab."""

import torch

from tuilab.engine.activations import activation, edges, saturated, stack
from tuilab.labs.activations.spec import SPAN, Activations, ActivationsTrace, Curve, Layer


def answer(spec: Activations) -> ActivationsTrace:
    """Compute both curves, and what is at the cursor."""
    xs = torch.arange(-10 * SPAN, 10 * SPAN + 1, dtype=torch.double) / 10
    return ActivationsTrace(xs.tolist(), [_curve(spec, name, xs) for name in spec.shown])


def _curve(spec: Activations, name: str, xs: torch.Tensor) -> Curve:
    f = activation(name, spec.negative, spec.alpha)
    here = torch.tensor(spec.x, dtype=torch.double)
    below, above = edges(f)
    layers = stack(f, spec.x, spec.layers)
    return Curve(
        function=name,
        values=f.value(xs).tolist(),
        slopes=f.slope(xs).tolist(),
        value=float(f.value(here)),
        slope=float(f.slope(here)),
        largest=f.largest,
        saturated=bool(saturated(f, here)),
        saturated_below=below,
        saturated_above=above,
        layers=[Layer(*layer) for layer in layers],
        product=layers[-1].product,
        at_most=f.largest**spec.layers,
    )

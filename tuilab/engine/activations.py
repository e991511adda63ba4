"""Activation functions, their slopes written out, and what becomes of a number and of a gradient in a stack of them.

    sigmoid(x) = 1 / (1 + exp(-x))              slope  f·(1 - f)
    tanh(x)                                     slope  1 - f²
    ReLU(x) = max(x, 0)                         slope  1 where x > 0, else 0
    leaky ReLU(x) = x, or s·x below nought      slope  1 where x > 0, else s    (Maas et al. 2013)
    ELU(x) = x, or a·(exp(x) - 1) below nought  slope  1 where x > 0, else a·exp(x)  (Clevert et al. 2016)

At nought the slope of the last three is the one from the left, as torch's autograd has it.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor

SATURATED = 0.01  # of the largest slope: below it a function is called saturated
_FAR = 700.0  # where exp still is a number


class Activation(NamedTuple):
    """A function and its slope, each from any shape to the same; and the largest slope that it has anywhere."""

    value: Callable[[Tensor], Tensor]
    slope: Callable[[Tensor], Tensor]
    largest: float


class Layer(NamedTuple):
    """What goes into a layer of a stack, the slope there, and the product of the slopes up to and with it."""

    x: float
    slope: float
    product: float


def activation(name: str, negative_slope: float = 0.01, alpha: float = 1.0) -> Activation:
    """Find sigmoid, tanh, relu, leaky or elu."""
    if name == "sigmoid":
        return Activation(torch.sigmoid, lambda x: torch.sigmoid(x) * (1 - torch.sigmoid(x)), 0.25)
    if name == "tanh":
        return Activation(torch.tanh, lambda x: 1 - torch.tanh(x) ** 2, 1.0)
    if name == "elu":
        return Activation(
            lambda x: torch.where(x > 0, x, alpha * torch.expm1(x.clamp(max=0))),
            lambda x: torch.where(x > 0, 1.0, alpha * torch.exp(x.clamp(max=0))),
            max(1.0, alpha),
        )
    s = negative_slope if name == "leaky" else 0.0
    return Activation(
        lambda x: torch.where(x > 0, x, s * x), lambda x: torch.where(x > 0, 1.0, torch.full_like(x, s)), max(1.0, s)
    )


def saturated(f: Activation, x: Tensor) -> Tensor:
    """Whether the slope is below `SATURATED` of the largest."""
    return f.slope(x).abs() < SATURATED * f.largest


def edges(f: Activation) -> tuple[float | None, float | None]:
    """Below which x, and above which, it is saturated; None where it never is. Slopes fall to both sides of nought."""
    return _edge(f, -_FAR), _edge(f, _FAR)


def _edge(f: Activation, far: float) -> float | None:
    def is_saturated(x: float) -> bool:
        return bool(saturated(f, torch.tensor(x, dtype=torch.double)))

    if not is_saturated(far):
        return None
    near = 0.0
    for _ in range(80):
        middle = (near + far) / 2
        near, far = (near, middle) if is_saturated(middle) else (middle, far)
    return 0.0 if abs(far) < 1e-9 else far


def stack(f: Activation, x: float, layers: int) -> list[Layer]:
    """Send x through layers that each are f alone: x, f(x), f(f(x)); the last product is the slope of the whole."""
    found = list[Layer]()
    now, product = torch.tensor(x, dtype=torch.double), torch.ones((), dtype=torch.double)
    for _ in range(layers):
        slope = f.slope(now)
        product = product * slope
        found.append(Layer(float(now), float(slope), float(product)))
        now = f.value(now)
    return found

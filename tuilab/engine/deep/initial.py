"""How weights begin. All are drawn from the generator that is given; biases begin at zero.

xavier: uniform within ±sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010, equation 16).
he: normal with variance 2 / inputs (He and others 2015, equation 10).
orthogonal: a random orthogonal matrix (Saxe and others 2014).
identity: each unit begins by handing on what it gets (Le, Jaitly and Hinton 2015).
"""

import math

import torch
from torch import Generator, Tensor, nn


@torch.no_grad()
def draw(inputs: int, outputs: int, how: str, size: float, generator: Generator) -> Tensor:
    """Weights (inputs, outputs), for x W. `size` is the standard deviation of `how` normal.

    A matrix that is not square has no identity; there it is xavier.
    """
    weights = torch.empty(inputs, outputs)
    if how == "identity" and inputs == outputs:
        return nn.init.eye_(weights)
    if how == "orthogonal":
        return nn.init.orthogonal_(weights, generator=generator)
    if how == "normal":
        return weights.normal_(0.0, size, generator=generator)
    if how == "he":
        return weights.normal_(0.0, math.sqrt(2 / inputs), generator=generator)
    bound = math.sqrt(6 / (inputs + outputs))
    return weights.uniform_(-bound, bound, generator=generator)

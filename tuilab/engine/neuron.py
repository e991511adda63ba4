"""One scalar recurrent neuron, y(t) = f( w_x·x(t) + w_y·y(t-1) + b ) with y(-1) = 0, unrolled and trained."""

from typing import NamedTuple

import torch
from torch import Tensor

ACTIVATIONS = {"linear": lambda z: z, "tanh": torch.tanh, "relu": torch.relu}


class NeuronStep(NamedTuple):
    """The numbers of one time step, each a scalar tensor."""

    input_part: Tensor
    memory_part: Tensor
    sum: Tensor
    y: Tensor


def unroll_neuron(x: Tensor, w_x: Tensor, w_y: Tensor, b: Tensor, activation: str) -> list[NeuronStep]:
    """Unroll the neuron over x (time,); one `NeuronStep` for each time step."""
    f = ACTIVATIONS[activation]
    y = torch.zeros((), dtype=x.dtype)
    steps = []
    for x_t in x:
        total = w_x * x_t + w_y * y + b
        steps.append(NeuronStep(w_x * x_t, w_y * y, total, f(total)))
        y = steps[-1].y
    return steps


def outputs(steps: list[NeuronStep]) -> Tensor:
    """Gather the outputs y of all steps as one tensor (time,)."""
    return torch.stack([step.y for step in steps])

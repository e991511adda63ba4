"""The state of a training as named arrays, to be kept and taken back."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor

State = Mapping[str, np.ndarray]


def arrays(tensors: Mapping[str, Tensor]) -> dict[str, np.ndarray]:
    """The tensors as arrays, which share their memory where that is the processor's."""
    return {name: tensor.cpu().numpy() for name, tensor in tensors.items()}


@torch.no_grad()
def take_back(tensors: Mapping[str, Tensor], state: State) -> None:
    """Copy kept arrays into the tensors they came from. Raises ValueError where they are of another training."""
    if {name: array.shape for name, array in state.items()} != {n: tuple(t.shape) for n, t in tensors.items()}:
        raise ValueError("What was saved is of another network; train again.")
    for name, tensor in tensors.items():
        tensor.copy_(torch.from_numpy(state[name]))

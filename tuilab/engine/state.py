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
    """Copy kept arrays into the tensors they came from.

    Raises ValueError where they are of another training, with the first array that differs.
    """
    if apart := difference(shapes_of(tensors), shapes_of(state)):
        raise ValueError(f"What was saved is of another network: {apart}; train again.")
    for name, tensor in tensors.items():
        tensor.copy_(torch.from_numpy(state[name]))


def difference(wanted: Mapping[str, tuple[int, ...]], given: Mapping[str, tuple[int, ...]]) -> str:
    """The first array whose name or shape is not the one wanted, in words; empty where all are."""
    for name in (*wanted, *given):
        if name not in given:
            return f"{name} of shape {wanted[name]} is missing"
        if name not in wanted:
            return f"{name} of shape {given[name]} belongs to none of its arrays"
        if wanted[name] != given[name]:
            return f"{name} has shape {given[name]}, and {wanted[name]} is wanted"
    return ""


def shapes_of(arrays: Mapping[str, Tensor] | State) -> dict[str, tuple[int, ...]]:
    """The shape of each array."""
    return {name: tuple(array.shape) for name, array in arrays.items()}

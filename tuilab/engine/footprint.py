"""How much memory a training takes at its largest, in bytes, reckoned before it is made."""

import math

import torch
from torch import Tensor

from tuilab.engine.layer import Kind
from tuilab.engine.tapes.tape import Size

_FLOAT = 4
_OF_A_WEIGHT = 4  # itself, its gradient, and what Adam remembers of it
_TORCHS = {"rnn": 4, "lstm": 12, "gru": 10}  # arrays as large as all hidden states that autograd holds, as measured


def stack(kind: Kind, inputs: int, hidden: int, longest: tuple[int, int], layers: int = 1) -> int:
    """Layers that are trained: their weights, and their tapes of one (time, batch), for they keep none of another."""
    seen = (inputs, *(layers - 1) * [hidden])
    return sum(tape(kind, *longest, each, hidden) + weights(kind, each, hidden) for each in seen)


def torchs(kind: Kind, inputs: int, hidden: int, longest: tuple[int, int], layers: int = 1) -> int:
    """The same of torch's own layers."""
    seen = (inputs, *(layers - 1) * [hidden])
    passed = layers * _TORCHS[kind.cell] * outputs(*longest, hidden)
    return passed + sum(weights(kind, each, hidden) for each in seen)


def weights(kind: Kind, inputs: int, hidden: int) -> int:
    """The weights of a layer, with all that training needs of them."""
    return _FLOAT * _OF_A_WEIGHT * sum(map(math.prod, kind.shapes(inputs, hidden).values()))


def tape(kind: Kind, time: int, batch: int, inputs: int, hidden: int) -> int:
    """The arrays of a tape: one is made where arrays have shapes and no memory."""
    made = kind.tape(Size(time, batch, inputs, hidden, torch.float32, torch.device("meta")))
    arrays = [each for each in vars(made).values() if isinstance(each, Tensor)]
    return sum(each.nbytes for each in arrays if not each._is_view())


def outputs(time: int, batch: int, hidden: int) -> int:
    """The hidden states of all time steps."""
    return _FLOAT * time * batch * hidden

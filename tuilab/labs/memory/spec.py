"""What can be asked of the memory lab."""

import re
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab
from tuilab.labs.spec import LabSpec

CELLS = ("RNN", "LSTM", "GRU")
MOST, LONGEST = 5, 300
LEARNED = 0.99  # of fresh sequences recalled: a network that does so has learned it, and stops
SYMBOLS = 8
_AGO = {"allowed": f"1 to {MOST} different whole numbers from 1 to {LONGEST}, like 5,10,50"}


class Memory(LabSpec, frozen=True, kw_only=True):
    """RNN, LSTM and GRU learn to say which symbol they saw T steps ago, a network for each T."""

    kind = "memory"

    ago: Annotated[str, Meta(description="T: how many steps ago the symbol was seen", extra=_AGO)] = "5,10,20,50"
    between: Annotated[Literal["noise", "blank"], Meta(description="what comes after it: other symbols, or none")] = (
        "noise"
    )
    truncate: Annotated[int, Meta(ge=0, le=LONGEST, description="steps that are trained through; 0 for all")] = 0
    keep: Annotated[float, Meta(ge=0, le=10, description="bias by which LSTM and GRU hold on at first")] = 4.0
    activation: Annotated[Literal["tanh", "relu"], Meta(description="activation of the RNN")] = "tanh"
    init: Annotated[
        Literal["uniform", "identity", "orthogonal"], Meta(description="how the RNN's recurrent weights begin")
    ] = "uniform"
    equal: Annotated[
        Literal["hidden", "parameters"], Meta(description="what is equal: hidden size, or parameters (the LSTM's)")
    ] = "hidden"
    hidden: Annotated[int, Meta(ge=1, le=128, description="units")] = 32
    batch: Annotated[int, Meta(ge=1, le=256, description="sequences in a batch")] = 32
    steps: Annotated[int, Meta(ge=10, le=20_000, description="training steps of each, at most")] = 600
    lr: Annotated[float, Meta(gt=0, le=10, description="learning rate")] = 0.002
    clip: Annotated[float, Meta(ge=0, le=1000, description="largest gradient norm; 0 does not clip")] = 1.0
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed of weights and batches")] = 1

    def __post_init__(self) -> None:
        agos(self.ago)


def agos(text: str) -> tuple[int, ...]:
    """Read the T in rising order. Raises ValueError with a sentence."""
    words = text.split(",")
    fine = all(re.fullmatch(r"[1-9]\d{0,2}", word) and int(word) <= LONGEST for word in words)
    if not fine or len(set(words)) < len(words) or len(words) > MOST:
        raise ValueError(f"memory: ago={text} is not allowed: ago is {_AGO['allowed']}.")
    return tuple(sorted(map(int, words)))


class Net(msgspec.Struct, frozen=True):
    """One network, of one cell for one T.

    `learned` is the training step after which it recalled what it should, 0 as long as it does not. `at` are training
    steps, `accuracies` the share recalled of fresh sequences then; `x` and `losses` the mean losses up to there.
    `reach` is how much of the gradient is left at each time step, relative to the last; `first` what is left at the
    symbol.
    """

    ago: int
    accuracy: float
    learned: int
    at: list[int]
    accuracies: list[float]
    x: list[int]
    losses: list[float]
    reach: list[float]
    first: float
    problem: str


class Lane(msgspec.Struct, frozen=True):
    """The networks of one cell, by rising T."""

    name: str
    hidden: int
    parameters: int
    nets: list[Net]


class MemoryView(msgspec.Struct, frozen=True):
    """All networks, after `step` training steps."""

    step: int
    lanes: list[Lane]


LAB = Lab(spec=Memory, answer=MemoryView, view=MemoryView)

"""What can be asked of the neuron lab."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab
from tuilab.labs.edits import number
from tuilab.labs.spec import CURSOR, LabSpec, Show

LONGEST = 12
_SEQUENCE = {"allowed": f"2 to {LONGEST} numbers, like 1,2,3"}


class Neuron(LabSpec, frozen=True, kw_only=True):
    """One scalar neuron y(t) = f(w_x·x(t) + w_y·y(t-1) + b), asked to say the sequence one step ahead."""

    kind = "neuron"

    w_x: Annotated[float, Meta(ge=-100, le=100, description="weight of the input")] = 0.5
    w_y: Annotated[float, Meta(ge=-100, le=100, description="weight of the neuron's own last output")] = 0.5
    b: Annotated[float, Meta(ge=-100, le=100, description="bias")] = 0.0
    activation: Annotated[Literal["linear", "tanh", "relu"], Meta(description="what the sum goes through")] = "linear"
    sequence: Annotated[str, Meta(description="what it is trained on", extra=_SEQUENCE)] = "1,2,3,4,5,6,7"
    unseen: Annotated[str, Meta(description="what it is only tried on", extra=_SEQUENCE)] = "10,20,30,40,50,60,70"
    lr: Annotated[float, Meta(gt=0, le=1, description="learning rate")] = 0.1
    steps: Annotated[int, Meta(ge=1, le=100_000, description="training steps (Adam)")] = 1000

    def __post_init__(self) -> None:
        for name in ("sequence", "unseen"):
            numbers(name, getattr(self, name))


class NeuronShow(Show, frozen=True, kw_only=True):
    """What a page can put the panel into."""

    kind = "neuron"

    step: Annotated[int, Meta(ge=0, le=LONGEST, description="the last time step that is shown")] = LONGEST
    series: Annotated[Literal["sequence", "unseen"], Meta(description="which sequence is shown")] = "sequence"
    cursor: Annotated[str, CURSOR] = ""


def numbers(name: str, text: str) -> tuple[float, ...]:
    """Read a sequence of numbers. Raises ValueError with a sentence."""
    try:
        values = tuple(number(word) for word in text.split(","))
    except ValueError as error:
        raise ValueError(f"neuron: {name}: {error}") from None
    if not 2 <= len(values) <= LONGEST:
        raise ValueError(
            f"neuron: {name} has {len(values)} numbers; it takes 2 to {LONGEST}, with commas between them."
        )
    return values


class Row(msgspec.Struct, frozen=True):
    """One time step: the input, its two products, the sum with b, the output, and what it should have been."""

    x: float
    input_part: float
    memory_part: float
    sum: float
    y: float
    target: float
    error: float


class NeuronView(msgspec.Struct, frozen=True):
    """The neuron unrolled over both sequences; `loss` is the mean squared error of each."""

    w_x: float
    w_y: float
    b: float
    rows: list[Row]
    loss: float
    unseen_rows: list[Row]
    unseen_loss: float


LAB = Lab(
    spec=Neuron,
    answer=NeuronView,
    view=NeuronView,
    show=NeuronShow,
)

"""What can be asked of the gradients lab."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs import switches
from tuilab.labs.catalogue import Lab, Question
from tuilab.labs.spec import LabSpec

ROWS = 64  # of the heatmap, at most
RECENT = 10  # steps that what is said of a stretch is the mean of


class Gradients(LabSpec, frozen=True, kw_only=True):
    """A deep network on a small task; some settings can be switched while it trains."""

    kind = "gradients"
    switchable = ("activation", "init", "std", "batchnorm", "clip", "clip_value", "lr")

    network: Annotated[
        Literal["stack", "rnn"],
        Meta(description="stack: layers, points in or out of a ring; rnn: time steps, recall the first symbol"),
    ] = "stack"
    depth: Annotated[int, Meta(ge=2, le=50, description="layers of the stack")] = 20
    length: Annotated[int, Meta(ge=5, le=200, description="time steps of the RNN")] = 50
    width: Annotated[int, Meta(ge=2, le=128, description="units of each layer")] = 32
    batch: Annotated[int, Meta(ge=2, le=256, description="examples in a batch")] = 64
    activation: Annotated[
        Literal["sigmoid", "tanh", "relu", "leaky", "elu"],
        Meta(description="activation; leaky ReLU has slope 0.01 left of nought, ELU alpha 1"),
    ] = "sigmoid"
    init: Annotated[
        Literal["xavier", "he", "normal", "orthogonal", "identity"],
        Meta(description="how the weights begin; switched, they begin anew"),
    ] = "xavier"
    std: Annotated[float, Meta(gt=0, le=10, description="standard deviation of weights with init=normal")] = 0.1
    batchnorm: Annotated[
        Literal["off", "step", "shared"],
        Meta(description="batch norm: statistics of each layer or time step, or (rnn) one of all time steps' inputs"),
    ] = "off"
    clip: Annotated[float, Meta(ge=0, le=1000, description="largest gradient norm; 0 does not clip")] = 0.0
    clip_value: Annotated[float, Meta(ge=0, le=1000, description="largest number of a gradient; 0 does not clip")] = 0.0
    lr: Annotated[float, Meta(gt=0, le=100, description="learning rate of plain gradient descent")] = 0.1
    steps: Annotated[int, Meta(ge=1, le=1_000_000, description="training steps")] = 20_000
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed of weights and batches")] = 1
    switched: switches.Switched = ""

    def __post_init__(self) -> None:
        switches.check(self)
        named = [self.batchnorm, *(each.value for each in switches.switches(self) if each.name == "batchnorm")]
        if self.network == "stack" and "shared" in named:
            raise ValueError(
                f"{self.kind}: batchnorm=shared is for network=rnn, where time steps can share statistics; "
                "take step, the statistics of each layer, or off."
            )

    @property
    def places(self) -> int:
        """How many layers or time steps have a gradient."""
        return self.depth if self.network == "stack" else self.length

    @property
    def place(self) -> str:
        """What one of them is called."""
        return "layer" if self.network == "stack" else "time step"


class Effect(Gradients, frozen=True, kw_only=True):
    """A question: train all the steps, with the switches that are thrown meanwhile, and say what each of them did."""

    kind = "effect"

    steps: Annotated[int, Meta(ge=1, le=5000, description="training steps")] = 400


class Row(msgspec.Struct, frozen=True):
    """One training step: the gradient norm of each layer or time step, before clipping; None where it is not finite."""

    step: int
    norms: list[float | None]


class Stretch(msgspec.Struct, frozen=True):
    """What went on from one switch to the next, by the last `counted` steps of it, ten at most.

    `norms` are geometric means by layer or time step, and `first_to_last` the first of them over the last, None where
    the last is nought. `loss`, `norm` before clipping and `applied` after it are means. All None before any step.
    """

    begun: int
    switched: str
    counted: int
    loss: float | None
    norm: float | None
    applied: float | None
    norms: list[float | None]
    first_to_last: float | None


class Broken(msgspec.Struct, frozen=True):
    """The first number that was not finite, at which step."""

    step: int
    sentence: str


class GradientsView(msgspec.Struct, frozen=True):
    """The training so far. `rows` lie evenly over it, the newest last.

    `place` is what a number of a row belongs to: a layer, or a time step.
    """

    place: str
    rows: list[Row]
    stretches: list[Stretch]
    parameters: int
    broken: Broken | None


LAB = Lab(
    spec=Gradients,
    answer=GradientsView,
    view=GradientsView,
    questions=(Question(Effect, GradientsView, alone=True),),
)

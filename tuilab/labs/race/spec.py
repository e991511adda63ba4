"""What can be asked of the race lab."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab, Question
from tuilab.labs.spec import LabSpec

LANES = ("RNN", "LSTM", "peephole LSTM", "GRU")
ROUND = 0.1  # seconds that each trains before the next does, where seconds are equal


class Race(LabSpec, frozen=True, kw_only=True):
    """Four cells learn the same task; equal hidden size, equal number of parameters, or equal seconds."""

    kind = "race"

    task: Annotated[Literal["sine", "recall"], Meta(description="a sine one step ahead, or the first symbol")] = "sine"
    equal: Annotated[
        Literal["hidden", "parameters", "seconds"],
        Meta(description="what is equal: hidden size, parameters (and hidden that of the LSTM), or seconds"),
    ] = "hidden"
    hidden: Annotated[int, Meta(ge=1, le=256, description="units")] = 32
    peephole: Annotated[Literal["full", "diagonal"], Meta(description="what the peephole LSTM's gates see")] = "full"
    length: Annotated[int, Meta(ge=2, le=300, description="time steps; how far back the symbol is")] = 30
    batch: Annotated[int, Meta(ge=1, le=256, description="sequences in a batch")] = 32
    steps: Annotated[
        int, Meta(ge=10, le=100_000, description="training steps of each, where seconds are not equal")
    ] = 400
    seconds: Annotated[int, Meta(ge=1, le=600, description="seconds of training of each, where they are equal")] = 5
    lr: Annotated[float, Meta(gt=0, le=10, description="learning rate")] = 0.005
    clip: Annotated[float, Meta(ge=0, le=1000, description="largest gradient norm; 0 does not clip")] = 1.0
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed of weights and batches")] = 1


class Outcome(Race, frozen=True, kw_only=True):
    """A question: let all of them run to the end, and say what each has lost, and recalled."""

    kind = "outcome"

    equal: Annotated[
        Literal["hidden", "parameters"],
        Meta(description="what is equal: hidden size, or parameters (and hidden that of the LSTM)"),
    ] = "hidden"
    steps: Annotated[int, Meta(ge=10, le=500, description="training steps of each")] = 200


class Lane(msgspec.Struct, frozen=True):
    """One of the four. `x` are steps, or seconds where they are equal; `y` the mean loss of the stretch up to there.

    `at_steps` is its loss after as many steps as the slowest has taken, `at_seconds` after as many seconds as the
    quickest has used: means of up to twenty steps, None before there are any.
    """

    name: str
    hidden: int
    parameters: int
    steps: int
    seconds: float
    x: list[float]
    y: list[float]
    at_steps: float | None
    at_seconds: float | None
    accuracy: float | None  # of recall, on fresh batches
    problem: str  # why it has stopped before the others


class RaceView(msgspec.Struct, frozen=True):
    """The race so far."""

    lanes: list[Lane]
    equal_steps: int
    equal_seconds: float


LAB = Lab(
    spec=Race,
    view=RaceView,
    questions=(Question(Outcome, RaceView, alone=True),),
)

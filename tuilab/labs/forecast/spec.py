"""What can be asked of the forecast lab."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab, Question
from tuilab.labs.forecast.dataspec import DataForecast
from tuilab.labs.forecast.fields import (
    Batch,
    Clip,
    Data,
    Decay,
    Device,
    Engine,
    Hidden,
    Layers,
    Noise,
    Optimiser,
    Rate,
    Seed,
    Steps,
)
from tuilab.labs.forecast.genspec import LOST, First, Frequency, Generate, Generated, Lost, Phase, Prompt
from tuilab.labs.forecast.report import Report
from tuilab.labs.forms import CellName, Peephole, Reset, check_form
from tuilab.labs.spec import MomentQuestion, Spec, TrainingSpec


class Forecast(TrainingSpec, frozen=True, kw_only=True):
    """A recurrent network with a linear read-out, trained to say sin(x) one step ahead."""

    kind = "forecast"

    cell: CellName = "lstm"
    peephole: Peephole = "no"
    reset: Reset = "after"
    hidden: Hidden = 32
    layers: Layers = 1
    length: Annotated[int, Meta(ge=2, le=500, description="sequence length, points in a window")] = 30
    batch: Batch = 32
    lr: Rate = 0.01
    decay: Decay = "linear"
    optimiser: Optimiser = "adam"
    clip: Clip = 1.0
    noise: Noise = 0.0
    steps: Steps = 4000
    seed: Seed = 1
    begin: Annotated[float, Meta(ge=-1000, le=1000, description="where the series begins")] = 0.0
    end: Annotated[float, Meta(ge=-1000, le=1000, description="where it ends; the held-out part follows")] = 30.0
    points: Annotated[int, Meta(ge=10, le=100_000, description="points between begin and end")] = 300

    engine: Engine = "tuilab"
    device: Device = "cpu"
    data: Data = ""

    @classmethod
    def meant(cls, settings: Mapping[str, str]) -> type[Spec]:
        """With data it is a forecast of that, which has settings of its own."""
        return DataForecast if settings.get("data") else cls

    def __post_init__(self) -> None:
        check_form(self.cell, self.peephole, self.reset, "forecast")
        if self.engine == "torch" and (self.peephole, self.reset) != ("no", "after"):
            raise ValueError("forecast: torch has no such layer; take engine=tuilab, or peephole=no and reset=after.")
        if self.data:
            raise ValueError("forecast: data is given where the series is sin(x).")
        if self.end <= self.begin:
            raise ValueError(f"forecast: end={self.end:g} is not after begin={self.begin:g}.")
        if self.points <= self.length:
            raise ValueError(
                f"forecast: points={self.points} is too few for windows of length={self.length} and the point "
                f"after each; take points of at least {self.length + 1}."
            )


AnyForecast = Forecast | DataForecast


class ForecastPlan(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a training of this spec works with: shapes of a batch, number of parameters, and the first window.

    `data` is there where the series is the learner's own; the windows are then in the network's own scale.
    """

    inputs: list[int]
    targets: list[int]
    parameters: int
    spacing: float
    first_input: list[float]
    first_target: list[float]
    data: Report | None = None


class ForecastView(msgspec.Struct, frozen=True, omit_defaults=True):
    """One-step-ahead prediction on a stretch that was not trained on; all lists have the same length.

    `data` is there where the series is the learner's own: then all is in its unit, and x numbers its rows from 1.
    """

    x: list[float]
    truth: list[float]
    predicted: list[float]
    held_out_loss: float
    parameters: int
    data: Report | None = None


class Moment(MomentQuestion, frozen=True, kw_only=True):
    """A question to a trained forecast: what it was at a moment of its training."""

    kind = "moment"


class Moments(msgspec.Struct, frozen=True):
    """The network after `step` training steps."""

    step: int
    view: ForecastView


class Freerun(Forecast, frozen=True, kw_only=True):
    """A question that stands alone: train a forecast, then let it go on by itself for `points`."""

    kind = "freerun"

    steps: Annotated[int, Meta(ge=1, le=5000, description="training steps")] = 4000
    prompt: Prompt = "curve"
    first: First = -1
    phase: Phase = 0.0
    frequency: Frequency = 1.0
    go: Annotated[int, Meta(ge=1, le=2000, description="points to generate")] = 100
    lost: Lost = LOST

    @classmethod
    def meant(cls, settings: Mapping[str, str]) -> type[Spec]:
        """It is of sin(x) alone."""
        return cls

    def __post_init__(self) -> None:
        super().__post_init__()
        self.check_from_the_start()
        self.question()

    def question(self) -> Generate:
        """What is put to the trained network. Raises ValueError where that cannot be."""
        shared = {name: getattr(self, name) for name in ("prompt", "first", "phase", "frequency", "lost")}
        return Generate(steps=self.go, **shared)

    def training(self) -> Forecast:
        """What is trained before it."""
        return Forecast(**{name: getattr(self, name) for name in Forecast.__struct_fields__})


LAB = Lab(
    spec=Forecast,
    answer=ForecastPlan,
    view=ForecastView,
    questions=(Question(Generate, Generated), Question(Moment, Moments), Question(Freerun, Generated, alone=True)),
    besides=(DataForecast,),
)

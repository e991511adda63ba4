"""What can be asked of a trained forecast: to go on by itself."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tuilab.labs.spec import Spec

Prompt = Annotated[Literal["curve", "wave", "zeros"], Meta(description="what it starts from")]
First = Annotated[
    int, Meta(ge=-1, le=100_000, description="first point of the window; -1: 0, of data the last before what is held")
]
Phase = Annotated[float, Meta(ge=-100, le=100, description="phase of the wave sin(frequency·x + phase)")]
Frequency = Annotated[float, Meta(gt=0, le=10, description="its frequency; sin(x), which is trained on, has 1")]
Lost = Annotated[float, Meta(gt=0, le=10, description="error beyond which it is lost, of a wave")]
LOST = 0.3
STEPS = 100  # that are generated where the question does not say


class Generate(Spec, frozen=True, kw_only=True):
    """A question to a trained forecast: go on from a window of the series, another wave, or zeros, by itself."""

    kind = "generate"

    prompt: Prompt = "curve"
    first: First = -1
    phase: Phase = 0.0
    frequency: Frequency = 1.0
    steps: Annotated[
        int, Meta(ge=0, le=2000, description="points to generate; 0: 100, of data as many as are held out")
    ] = 0
    lost: Lost = LOST
    at: Annotated[int, Meta(ge=-1, le=1_000_000, description="training step that it is at; -1 is the last")] = -1

    def __post_init__(self) -> None:
        if self.prompt != "wave" and (self.phase, self.frequency) != (0, 1):
            raise ValueError(f"generate: phase and frequency are of prompt=wave; here prompt={self.prompt}.")
        if self.prompt != "curve" and self.first > 0:
            raise ValueError(f"generate: first is of prompt=curve; here prompt={self.prompt}.")


class Naive(msgspec.Struct, frozen=True):
    """A naive forecast of the same rows from the same window: the last season again, or the last row."""

    name: str
    values: list[float]
    rmse: float


class DriftFound(msgspec.Struct, frozen=True):
    """The generated wave against the true one over each window of one period, that ends at `x`.

    To its points A sin(angle + d) is fitted by least squares, with the true wave's angle: `amplitude` is A, the ratio
    to the true amplitude, `phase` is d, how far it runs ahead in radians.
    """

    x: list[float]
    amplitude: list[float]
    phase: list[float]


class Generated(msgspec.Struct, frozen=True, omit_defaults=True):
    """A generated series: `x` and `values` cover the prompt and what follows; `prompt` counts its points.

    `truth` covers the same; from zeros there is none, nor what is held against it: `forced`, said of each generated
    point from the true window before it (teacher forcing), `errors`, how far off each is, the root mean squared errors
    of both ways, `drift`, and `lasted`, how many points come before the first that is off by more than `lost`. `curve`
    is the whole series at the places `curve_x`, at most some hundred points of it. Of a learner's own series all is in
    its unit, that of `column`, x numbers its rows from 1, `held` is the first row held out, and there is a naive
    forecast, but no drift, and no point at which it is lost.
    """

    x: list[float]
    truth: list[float]
    values: list[float]
    prompt: int
    rmse: float | None
    curve_x: list[float]
    curve: list[float]
    forced: list[float] = msgspec.field(default_factory=list)
    forced_rmse: float | None = None
    errors: list[float] = msgspec.field(default_factory=list)
    lost: float = LOST
    lasted: int | None = None
    drift: DriftFound | None = None
    column: str = ""
    held: int = 0
    naive: Naive | None = None

    @property
    def own(self) -> slice:
        """The points that the network has said."""
        return slice(self.prompt, len(self.values))

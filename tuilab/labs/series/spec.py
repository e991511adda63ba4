"""What can be asked of the series lab."""

import re
from typing import Annotated, Literal, NamedTuple, get_args

import msgspec
from msgspec import Meta

from tuilab.labs.catalogue import Lab
from tuilab.labs.edits import read_number
from tuilab.labs.locks import hidden
from tuilab.labs.spec import CURSOR, LabSpec, Show

MOST_PARTS, MOST_NUMBERS, FASTEST, LARGEST, MOST_STEPS = 8, 8_000, 1000, 10, 1000
_PARTS = {"allowed": f"1 to {MOST_PARTS} sines, each frequency:amplitude, like 1:1,3:0.5"}
_PART = re.compile(r"\s*([^:,]+):([^:,]+)")

Wave = Literal["sine", "sum", "sawtooth", "square", "noise"]
WAVES: tuple[Wave, ...] = get_args(Wave)


class Part(NamedTuple):
    """One of the sines that are summed."""

    frequency: float
    amplitude: float


class Series(LabSpec, frozen=True, kw_only=True):
    """Points of a wave at equal distances, and a batch of random windows of them."""

    kind = "series"

    wave: Annotated[Wave, Meta(description="the curve; a sum is of the sines in parts")] = "sine"
    frequency: Annotated[
        float, Meta(gt=0, le=FASTEST, description="how much faster the wave is than one with a period of 2π")
    ] = 1.0
    parts: Annotated[str, Meta(description="the sines of a sum, frequency:amplitude", extra=_PARTS)] = "1:1,3:0.5"
    noise: Annotated[
        float, Meta(ge=0, le=LARGEST, description="standard deviation of the noise added to each point")
    ] = 0.0
    begin: Annotated[float, Meta(ge=-1000, le=1000, description="where the series begins")] = 0.0
    end: Annotated[float, Meta(ge=-1000, le=1000, description="where it ends")] = 30.0
    points: Annotated[int, Meta(ge=10, le=100_000, description="points between begin and end")] = 300
    length: Annotated[int, Meta(ge=2, le=500, description="sequence length, points in a window")] = 30
    batch: Annotated[int, Meta(ge=1, le=256, description="windows in a batch")] = 3
    step: Annotated[
        int, Meta(ge=0, le=MOST_STEPS, description="the training step whose batch it is; each draws one")
    ] = 0
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1, description="seed of windows and noise")] = 1

    def __post_init__(self) -> None:
        parse_parts(self.parts)
        if self.end <= self.begin:
            raise ValueError(f"series: end={self.end:g} is not after begin={self.begin:g}.")
        if self.points <= self.length:
            raise ValueError(
                f"series: points={self.points} is too few for windows of length={self.length} and the point "
                f"after each; take points of at least {self.length + 1}."
            )
        if self.batch * self.length > MOST_NUMBERS:
            raise ValueError(
                f"series: batch={self.batch} windows of length={self.length} are {self.batch * self.length:,} numbers, "
                f"too many to look at; take a batch of at most {MOST_NUMBERS // self.length}."
            )

    @property
    def secret(self) -> bool:
        """Whether the curve is hidden by whoever set the experiment up, so that no sentence tells it."""
        return not {"wave", "frequency", "parts", "noise"}.isdisjoint(hidden(self))

    @property
    def sines(self) -> tuple[Part, ...]:
        """The sines of a sum, by their own frequencies."""
        return tuple(Part(self.frequency * each.frequency, each.amplitude) for each in parse_parts(self.parts))

    @property
    def highest(self) -> float:
        """The highest frequency of the wave; 0 of noise."""
        if self.wave == "sum":
            return max(each.frequency for each in self.sines)
        return 0.0 if self.wave == "noise" else self.frequency

    @property
    def spacing(self) -> float:
        """The distance between two points."""
        return (self.end - self.begin) / self.points


def parse_parts(text: str) -> tuple[Part, ...]:
    """Read the sines of a sum. Raises ValueError with a sentence."""
    found = [_part(each) for each in text.split(",")]
    if len(found) > MOST_PARTS:
        raise ValueError(f"series: parts={text} are {len(found)} sines; a sum here has at most {MOST_PARTS}.")
    return tuple(found)


def _part(text: str) -> Part:
    match = _PART.fullmatch(text)
    if match is None:
        raise ValueError(f"series: parts: {text!r} is not a sine; write frequency:amplitude, as in 1:1,3:0.5.")
    try:
        frequency, amplitude = map(read_number, match.groups())
    except ValueError as error:
        raise ValueError(f"series: parts: {error}") from None
    if not 0 < frequency <= FASTEST:
        raise ValueError(f"series: parts: frequency {frequency:g} is not allowed: it is above 0, up to {FASTEST:,}.")
    if abs(amplitude) > LARGEST:
        raise ValueError(f"series: parts: amplitude {amplitude:g} is not allowed: it is from -{LARGEST} to {LARGEST}.")
    return Part(frequency, amplitude)


class SeriesShow(Show, frozen=True, kw_only=True):
    """What a page can put the panel into."""

    kind = "series"

    cursor: Annotated[str, CURSOR] = ""


class SeriesWindow(msgspec.Struct, frozen=True):
    """A window: the number of its first point, where that lies, and what is made of it."""

    first: int
    x: float
    inputs: list[float]
    targets: list[float]


class SeriesTrace(msgspec.Struct, frozen=True):
    """The series and a batch of it; `inputs` and `targets` are the shapes of the batch.

    `places` counts the points at which a window can begin. `limit` is the highest frequency that points so far apart
    can show. Of a wave above it, `alias` is the frequency below it whose wave goes through the same points; of others
    their own. `wave` is the wave itself, at the places `wave_x`, where there are few points in a period; else both are
    empty.
    """

    inputs: list[int]
    targets: list[int]
    spacing: float
    places: int
    limit: float
    alias: float
    windows: list[SeriesWindow]
    values: list[float]
    wave_x: list[float]
    wave: list[float]


LAB = Lab(
    spec=Series,
    answer=SeriesTrace,
    show=SeriesShow,
)

"""What can be asked of the forecast lab where the series is a learner's own."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

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
from tuilab.labs.forms import CellName, Peephole, Reset, check_form
from tuilab.labs.spec import Spec, TrainingSpec

_COLUMN = {"allowed": "the name of a column, its number, or nothing for the only one of numbers"}


class DataForecast(TrainingSpec, frozen=True, kw_only=True):
    """A recurrent network that is trained to say a series of one's own one row ahead.

    What is 0 is found out: the season from the distance between the rows, the other sizes from the season.
    """

    kind = "forecast"

    data: Data = ""
    column: Annotated[str, Meta(max_length=200, description="the column of values", extra=_COLUMN)] = ""
    season: Annotated[int, Meta(ge=0, le=10_000, description="rows in a season, 1: none; 0: found out from dates")] = 0
    held: Annotated[int, Meta(ge=0, le=1000, description="rows held out at the end; 0: a season")] = 0
    validation: Annotated[
        int, Meta(ge=-1, le=1000, description="rows before them to choose by; -1: as many, if enough are left")
    ] = -1
    difference: Annotated[
        Literal["step", "season", "no"],
        Meta(description="what is learned: the change from the row before, or of a season"),
    ] = "step"
    noise: Noise = 0.1
    cell: CellName = "gru"
    peephole: Peephole = "no"
    reset: Reset = "after"
    hidden: Hidden = 16
    layers: Layers = 1
    length: Annotated[int, Meta(ge=0, le=500, description="rows in a window; 0: two seasons")] = 0
    batch: Batch = 32
    lr: Rate = 0.01
    decay: Decay = "no"
    optimiser: Optimiser = "adam"
    clip: Clip = 1.0
    steps: Steps = 200
    seed: Seed = 1
    engine: Engine = "tuilab"
    device: Device = "cpu"

    @classmethod
    def meant(cls, settings: Mapping[str, str]) -> type[Spec]:
        """Without data it is a forecast of sin(x)."""
        from tuilab.labs.forecast.spec import Forecast

        return cls if settings.get("data") else Forecast

    def __post_init__(self) -> None:
        if not self.data:
            raise ValueError("forecast: data is left out; name a CSV file, or milk.")
        check_form(self.cell, self.peephole, self.reset, "forecast")
        if self.engine == "torch" and (self.peephole, self.reset) != ("no", "after"):
            raise ValueError("forecast: torch has no such layer; take engine=tuilab, or peephole=no and reset=after.")
        if self.length == 1:
            raise ValueError("forecast: length=1 is not allowed: a window has 2 rows at least; 0 takes two seasons.")
        if self.difference == "season" and self.season == 1:
            raise ValueError(
                "forecast: difference=season is not allowed with season=1, which is none; take step or no."
            )

    def lag(self, season: int) -> int:
        """How many rows back the row is that each one is told by its change from; 0: none."""
        return {"step": 1, "season": season, "no": 0}[self.difference]

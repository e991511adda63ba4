"""What is said of a forecast of a learner's own series."""

import msgspec


class Part(msgspec.Struct, frozen=True):
    """A part of the series: how many rows, and the dates of the first and the last."""

    part: str
    rows: int
    first: str
    last: str


class Score(msgspec.Struct, frozen=True):
    """The errors of one forecast of the held-out rows, in the unit of the series.

    MASE is None where the past repeats itself exactly.
    """

    forecast: str
    way: str  # free running, or one step ahead
    mae: float
    rmse: float
    mase: float | None


class Source(msgspec.Struct, frozen=True):
    """How a file is read whose rows are the series as it stands there."""

    path: str
    encoding: str
    separator: str
    decimal: str
    thousands: str
    has_header: bool
    place: int


class Report(msgspec.Struct, frozen=True):
    """How a series was split, what was found in it, and what forecasts of its held-out rows come to.

    `rows` and `values` are the series as it is drawn, some hundred points of it at most. Until a network has been
    trained `free` is empty, and the scores are those of the naive forecasts. `validation` is the network's root mean
    squared error one step ahead on the validation rows; 0 where there are none, or before there is a network. Where the
    rows had to be put in order there is no `source`, and of a series that is not long all values are `tidied`.
    """

    name: str
    column: str
    distance: str
    row: str
    season: int
    length: int
    parts: list[Part]
    notes: list[str]
    rows: list[int]
    values: list[float]
    held_rows: list[int]
    held: list[float]
    free: list[float]
    seasonal: list[float]
    validation: float
    scores: list[Score]
    verdict: str
    source: Source | None
    tidied: list[float]

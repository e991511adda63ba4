"""A learner's own series in the forecast lab: how it is split and prepared, and what forecasts of it come to."""

import zlib
from dataclasses import asdict

import numpy as np
import torch

from tuilab.data.open import open_series
from tuilab.data.series import Series
from tuilab.engine.baselines import errors, mase_scale, naive, one_behind, seasonal_naive
from tuilab.engine.forecaster import Forecaster, generate, one_ahead
from tuilab.engine.prepared import Prepared, Split
from tuilab.labs.forecast.dataspec import DataForecast
from tuilab.labs.forecast.report import Part, Report, Score, Source
from tuilab.labs.forecast.told import unit_of
from tuilab.labs.forecast.verdict import verdict

LEAST_SEASONS = 4  # in a series, for a season that was found out to be used
PLAIN_HELD, PLAIN_LENGTH = 12, 12  # rows, at most, where there is no season
LONGEST = 200  # rows in a window that was found out
DRAWN = 400  # rows, the last ones
MOST_TIDIED = 2000  # values that the code of the screen can hold
FREE, AHEAD = "free running", "one step ahead"


class OwnSeries:
    """The series that a spec names, with every 0 of the spec found out. Raises ValueError with a sentence."""

    def __init__(self, spec: DataForecast) -> None:
        self.spec = spec
        self.series: Series = open_series(spec.data, spec.column)
        self.notes = list(self.series.notes)
        count = len(self.series.values)
        self.season = self._season(count)
        split = self._split(count)
        lag = spec.lag(self.season)
        self.length = self._length(split.train - lag)
        self.prepared = Prepared(self._values(split), split, lag)
        try:
            self.prepared.scale  # noqa: B018  it is fitted here
        except ValueError:
            raise ValueError(
                f"forecast: difference={spec.difference} leaves nothing to learn: in the training rows of {spec.data} "
                "it is the same number all along; take another difference."
            ) from None

    @property
    def mark(self) -> int:
        """A number that another content of the file would change."""
        return zlib.crc32(self.series.values.tobytes())

    def _season(self, count: int) -> int:
        given, found = self.spec.season, self.series.distance.season
        if given:
            if 3 * given > count:
                raise ValueError(
                    f"forecast: season={given} is too long: {self.spec.data} has {count:,} rows, and three seasons "
                    "have to fit in; take season=1 for none."
                )
            return given
        if found > 1 and LEAST_SEASONS * found > count:
            self.notes.append(
                f"A season of {found} rows does not fit into {count:,} rows {LEAST_SEASONS} times: season=1, none."
            )
            found = 1
        if found == 1 and self.spec.difference == "season":
            raise ValueError("forecast: difference=season needs a season, and none was found; say season=12 or so.")
        return found

    def _split(self, count: int) -> Split:
        """Trained on is what comes first; the validation rows that were not asked for leave most of it."""
        held = self.spec.held or (self.season if self.season > 1 else max(1, min(PLAIN_HELD, count // 10)))
        validation = self.spec.validation
        if validation < 0:
            validation = held if count - 2 * held >= max(2 * held, 3 * self.season) else 0
        train = count - held - validation
        if train < max(8, 2 * self.season):
            raise ValueError(
                f"forecast: {self.spec.data} has {count:,} rows; with held={held} and validation={validation} there "
                f"are {max(train, 0)} left to train on, and at least {max(8, 2 * self.season)} are needed: take a "
                "longer series, or hold out fewer."
            )
        return Split(train, validation, held)

    def _length(self, points: int) -> int:
        usual = 2 * self.season if self.season > 1 else PLAIN_LENGTH
        length = self.spec.length or max(2, min(usual, points // 2, LONGEST))
        if points < length + 1:
            raise ValueError(
                f"forecast: length={length} is too long: {self.spec.data} has {points} rows to train on, and a window "
                f"and the row after it have to fit in; take length of at most {max(2, points - 1)}."
            )
        return length

    def _values(self, split: Split) -> np.ndarray:
        """A gap across a boundary is not filled from behind it: what comes first knows nothing of what is held out."""
        values, filled = self.series.values.copy(), self.series.filled
        for boundary in (split.first_held, split.train):
            known = boundary
            while filled[known - 1]:
                known -= 1
            if known < boundary:
                values[known:boundary] = values[known - 1]
                self.notes.append(
                    f"The gap before {self.series.label(boundary)} is filled with the value before it, for what comes "
                    "after it is not trained on."
                )
        return values

    def batch(self, batch: int, length: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """As `Prepared.batch`; the length was found out."""
        return self.prepared.batch(batch, self.length, generator)

    def values(self, first: int, count: int) -> torch.Tensor:
        """What the network is given, from its first number on; raises ValueError where there are not so many."""
        known = len(self.prepared.differences)
        if first + count > known:
            raise ValueError(f"{self.spec.data} gives {known} numbers; first={first} and {count} more are too many.")
        return self.prepared.inputs(first + self.prepared.lag, count)

    def ahead(self, model: Forecaster, first: int, count: int) -> np.ndarray:
        """Say rows number `first` and on one by one, each from the true ones in the window before it."""
        rows = torch.arange(first - self.length, first - self.length + count)[:, None] + torch.arange(self.length)
        windows = self.prepared.inputs(self.prepared.lag, len(self.prepared.differences))[rows - self.prepared.lag]
        device = next(model.parameters()).device
        said = one_ahead(model, windows.to(device)).cpu()
        return self.prepared.undo_one(said.double().numpy(), first)

    def free(self, model: Forecaster, first: int, count: int) -> np.ndarray:
        """Say the same from the window before the first alone, each fed back."""
        prompt = self.prepared.inputs(first - self.length, self.length)
        said = generate(model, prompt.to(next(model.parameters()).device), count).cpu()
        return self.prepared.undo_free(said.double().numpy(), first)

    def report(self, model: Forecaster | None) -> tuple[Report, list[float]]:
        """What there is to say, of a network where one has been trained; and its forecast one row ahead."""
        split, values, series = self.prepared.split, self.prepared.values, self.series
        first, held = split.first_held, slice(split.first_held, None)
        forecasts = {("naive", FREE): naive(values[:first], split.held), ("naive", AHEAD): one_behind(values, first, 1)}
        seasonal = seasonal_naive(values[:first], self.season, split.held)
        if self.season > 1:
            one = one_behind(values, first, self.season)
            forecasts |= {("seasonal naive", FREE): seasonal, ("seasonal naive", AHEAD): one}
        ahead, free, validation = list[float](), list[float](), 0.0
        if model is not None:
            network = {("network", FREE): self.free(model, first, split.held)}
            network[("network", AHEAD)] = self.ahead(model, first, split.held)
            forecasts = network | forecasts
            free, ahead = (network[("network", way)].tolist() for way in (FREE, AHEAD))
            validation = self._validation(model)
        scores = self._scores(forecasts, held)
        report = Report(
            name=series.name,
            column=series.column,
            distance=series.distance.name,
            row=series.distance.row,
            season=self.season,
            length=self.length,
            parts=self._parts(),
            notes=self.notes,
            rows=[row + 1 for row in self.drawn()],
            values=values[self.drawn()].tolist(),
            held_rows=list(range(first + 1, split.count + 1)),
            held=values[held].tolist(),
            free=free,
            seasonal=seasonal.tolist(),
            validation=validation,
            scores=scores,
            verdict=verdict(scores, unit_of(series.column)),
            source=Source(**asdict(series.source)) if series.source else None,
            tidied=[] if series.source or split.count > MOST_TIDIED else values.tolist(),
        )
        return report, ahead

    def _scores(self, forecasts: dict[tuple[str, str], np.ndarray], held: slice) -> list[Score]:
        """The errors of the held-out rows; of those that were filled in there is no truth."""
        split, values = self.prepared.split, self.prepared.values
        there = ~self.series.filled[held]
        scale = mase_scale(values[: split.first_held], self.season)
        found = []
        for (name, way), forecast in forecasts.items():
            each = errors(values[held][there], forecast[there], scale)
            found.append(Score(name, way, each.mae, each.rmse, each.mase))
        return found

    def _validation(self, model: Forecaster) -> float:
        split = self.prepared.split
        if not split.validation or split.train < self.length + self.prepared.lag:
            return 0.0
        truth = self.prepared.values[split.train : split.first_held]
        said = self.ahead(model, split.train, split.validation)
        return float(np.sqrt(((said - truth) ** 2).mean()))

    def _parts(self) -> list[Part]:
        split, parts, first = self.prepared.split, list[Part](), 0
        sizes = (("training", split.train), ("validation", split.validation), ("held out", split.held))
        for name, rows in sizes:
            if rows:
                parts.append(Part(name, rows, self.series.label(first), self.series.label(first + rows - 1)))
            first += rows
        return parts

    def drawn(self) -> range:
        """The numbers of the rows that are drawn."""
        count = len(self.prepared.values)
        return range(max(0, count - DRAWN), count)

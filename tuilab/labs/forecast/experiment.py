"""Runs the forecast lab."""

from functools import lru_cache

import numpy as np
import torch
from msgspec.structs import replace
from torch import Tensor

from tuilab.engine import footprint
from tuilab.engine.device import device
from tuilab.engine.forecaster import Forecaster, predict
from tuilab.engine.layer import Kind, named
from tuilab.engine.series import SineSeries
from tuilab.engine.state import State, arrays, take_back
from tuilab.engine.training import Diverged as EngineDiverged
from tuilab.engine.training import Trainer
from tuilab.labs.forecast.dataspec import DataForecast
from tuilab.labs.forecast.freerunning import of_own, of_sine
from tuilab.labs.forecast.genspec import Generate, Generated
from tuilab.labs.forecast.own import OwnSeries
from tuilab.labs.forecast.report import Report
from tuilab.labs.forecast.spec import (
    AnyForecast,
    Forecast,
    ForecastPlan,
    ForecastView,
    Freerun,
    Moment,
    Moments,
)
from tuilab.labs.run import Diverged, Metrics, check_moment
from tuilab.labs.spec import Spec

SIZES = ("length", "batch", "hidden")
_RANDOM, _DATA = "random", "data"
MOST_CARRIED = 100_000  # values in a program, some 2 MB of it


def needs(spec: AnyForecast) -> int:
    """The memory of the processor that a training takes, in bytes; a GPU refuses by itself."""
    if device(spec.device).type != "cpu":
        return 0
    kind = Kind(spec.cell, spec.peephole, spec.reset)
    length = spec.length if isinstance(spec, Forecast) else OwnSeries(spec).length
    longest = (length, max(spec.batch, 2))  # the held-out stretch is twice as long
    reckoned = footprint.torchs if spec.engine == "torch" else footprint.stack
    return reckoned(kind, 1, spec.hidden, longest, spec.layers)


def answer(spec: AnyForecast) -> ForecastPlan | Generated:
    """Say what a training would work with, and show the first window of its first batch; or train, and generate."""
    if isinstance(spec, Freerun):
        return of_trained(spec)
    training = Training(spec)
    inputs, targets = training.batch()
    return ForecastPlan(
        inputs=list(inputs.shape),
        targets=list(targets.shape),
        parameters=training.parameters,
        spacing=1.0 if isinstance(training.series, OwnSeries) else training.series.spacing,
        first_input=inputs[0, :, 0].tolist(),
        first_target=targets[0, :, 0].tolist(),
        data=training.series.report(None)[0] if isinstance(training.series, OwnSeries) else None,
    )


def of_trained(spec: Freerun) -> Generated:
    """Train, and let it go on by itself. Raises ValueError with a sentence where the training diverges."""
    try:
        training = _trained(spec.training())
    except Diverged as error:
        raise ValueError(str(error)) from None
    found = training.answer(spec.question())
    assert isinstance(found, Generated)
    return found


@lru_cache(4)
def _trained(spec: Forecast) -> "Training":
    """A lesson asks the same network several times, and so may a learner."""
    training = Training(spec)
    while training.step < training.total:
        training.advance()
    return training


def weights(spec: AnyForecast, state: State) -> dict[str, torch.Tensor]:
    """What a kept run has trained, by torch's names where torch has such a layer. Raises ValueError.

    The series is not needed for it: it may be gone, or have changed.
    """
    model = _network(spec, torch.Generator())
    trained = Trainer(model.parameters(), spec.optimiser, spec.lr, spec.clip).weights()
    take_back(trained, {name: state[name] for name in trained if name in state})
    return named(model)


def carried(spec: DataForecast, state: State | None) -> Report:
    """What there is to say of a learner's own series, with all its values, for a program that carries them.

    Raises ValueError with a sentence where they are too many, or no longer those that a kept state was trained on.
    """
    series = OwnSeries(spec)
    if state is not None and _DATA in state and int(state[_DATA]) != series.mark:
        raise ValueError(_changed(spec))
    values = series.prepared.values
    if len(values) > MOST_CARRIED:
        raise ValueError(
            f"forecast: {spec.data} has {len(values):,} rows, and a program carries {MOST_CARRIED:,} at most; take "
            "fewer of them, or take the curve and the weights home."
        )
    return replace(series.report(None)[0], source=None, tidied=values.tolist())


def series_of(spec: AnyForecast) -> SineSeries | OwnSeries:
    """The series of a spec. Raises ValueError with a sentence where it cannot be read."""
    return SineSeries(spec.begin, spec.end, spec.points) if isinstance(spec, Forecast) else OwnSeries(spec)


def _network(spec: AnyForecast, generator: torch.Generator) -> Forecaster:
    kind = Kind(spec.cell, spec.peephole, spec.reset)
    return Forecaster(kind, spec.hidden, spec.layers, generator, spec.engine)


def _changed(spec: DataForecast) -> str:
    return f"forecast: {spec.data} is another series than was trained on, or has changed since; train on it anew."


class Training:
    """Trains a forecaster on random windows of the series."""

    def __init__(self, spec: AnyForecast) -> None:
        self.spec, self.step, self.total = spec, 0, spec.steps
        self.generator = torch.Generator().manual_seed(spec.seed)
        self.series = series_of(spec)
        self.length = self.series.length if isinstance(self.series, OwnSeries) else spec.length
        self.device = device(spec.device)
        self.model = _network(spec, self.generator).to(self.device)
        self.trainer = Trainer(self.model.parameters(), spec.optimiser, spec.lr, spec.clip)

    @property
    def parameters(self) -> int:
        """How many numbers are trained."""
        return sum(parameter.numel() for parameter in self.model.parameters())

    def advance(self) -> Metrics:
        """Train on one batch of windows."""
        inputs, targets = (each.to(self.device) for each in self.batch())
        self.trainer.optimiser.lr = self._rate()
        try:
            result = self.trainer.descend(lambda: self.model.backpropagate(inputs, targets))
        except EngineDiverged as error:
            raise Diverged(f"Training stopped after step {self.step}: {error}. {self._cause()}") from None
        self.step += 1
        return Metrics(self.step, *result)

    def batch(self) -> tuple[Tensor, Tensor]:
        """Draw windows; noise is added to the inputs alone, so that the targets stay true."""
        inputs, targets = self.series.batch(self.spec.batch, self.length, self.generator)
        if self.spec.noise:
            inputs = inputs + self.spec.noise * torch.randn(inputs.shape, generator=self.generator)
        return inputs, targets

    def _rate(self) -> float:
        return self.spec.lr * (1 - self.step / self.total) if self.spec.decay == "linear" else self.spec.lr

    def view(self) -> ForecastView:
        """Predict the stretch that follows the series, twice as long as a training window, one step ahead.

        Of a learner's own series it is the rows that were held out.
        """
        if isinstance(self.series, OwnSeries):
            return self._own_view(self.series)
        count, first = 2 * self.length, self.series.points
        values = self.series.values(first, count + 1)
        predicted = predict(self.model, values[:-1].to(self.device)).cpu()
        return ForecastView(
            x=self.series.places(first + 1, count).tolist(),
            truth=values[1:].tolist(),
            predicted=predicted.tolist(),
            held_out_loss=float(_mean_squared(predicted.double(), values[1:])),
            parameters=self.parameters,
        )

    def _own_view(self, series: OwnSeries) -> ForecastView:
        report, ahead = series.report(self.model)
        difference = np.array(ahead) - np.array(report.held)
        return ForecastView(
            x=[float(row) for row in report.held_rows],
            truth=report.held,
            predicted=ahead,
            held_out_loss=float((difference**2).mean()),
            parameters=self.parameters,
            data=report,
        )

    def state(self) -> dict[str, np.ndarray]:
        """The weights, what the optimiser remembers, where the random numbers are, and which data it learns from."""
        return arrays(self.trainer.state() | {_RANDOM: self.generator.get_state()} | self._mark())

    def restore(self, step: int, state: State) -> None:
        """Go on from a state after `step` steps. Raises ValueError where the data are others now."""
        random, mark = self.generator.get_state(), self._mark()
        take_back(self.trainer.state() | {_RANDOM: random} | mark, state)
        if mark != self._mark():
            assert isinstance(self.spec, DataForecast)
            raise ValueError(_changed(self.spec))
        self.generator.set_state(random)
        self.step = step

    def put_weights(self, weights: State) -> None:
        """Take the weights of a kept network, by their names in `state`. Raises ValueError where they do not fit."""
        take_back(self.trainer.weights(), weights)

    def answer(self, question: Spec) -> Generated | Moments:
        """Generate from the network as it is now, or say how it predicts."""
        if not isinstance(question, Generate | Moment):
            raise ValueError(f"{question.kind} is no question to a run of forecast; it is asked by itself.")
        check_moment(question, question.at, self.step)
        if isinstance(question, Moment):
            return Moments(self.step, self.view())
        if isinstance(self.series, OwnSeries):
            return of_own(self.model, self.series, question)
        return of_sine(self.model, self.series, self.length, question)

    def _mark(self) -> dict[str, Tensor]:
        """What tells other data from these."""
        return {_DATA: torch.tensor(self.series.mark)} if isinstance(self.series, OwnSeries) else {}

    def _cause(self) -> str:
        """What probably made a number run away, and what to try."""
        if self.spec.optimiser == "sgd" and not self.spec.clip:
            return f"Nothing bounds the gradient (clip=0) and lr={self.spec.lr:g} is large; try clip=1 or a smaller lr."
        return f"The learning rate lr={self.spec.lr:g} is probably too large; try a tenth of it, and clip=1."


def _mean_squared(predicted: Tensor, target: Tensor) -> Tensor:
    return ((predicted - target) ** 2).mean()

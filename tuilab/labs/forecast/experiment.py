"""Runs the forecast lab."""

import numpy as np
import torch
from msgspec.structs import replace
from torch import Tensor

from tuilab.engine import footprint
from tuilab.engine.device import device
from tuilab.engine.forecaster import Forecaster, generate, predict
from tuilab.engine.layer import Kind, named
from tuilab.engine.series import SineSeries
from tuilab.engine.state import State, arrays, take_back
from tuilab.engine.training import Diverged as EngineDiverged
from tuilab.engine.training import Trainer
from tuilab.labs.forecast.dataspec import DataForecast
from tuilab.labs.forecast.own import OwnSeries
from tuilab.labs.forecast.report import Report
from tuilab.labs.forecast.spec import (
    AnyForecast,
    Forecast,
    ForecastPlan,
    ForecastView,
    Generate,
    Generated,
    Moment,
    Moments,
)
from tuilab.labs.run import Diverged, Metrics, check_moment
from tuilab.labs.spec import Spec

SIZES = ("length", "batch", "hidden")
_RANDOM, _DATA = "random", "data"
MOST_CARRIED = 100_000  # values in a program, some 2 MB of it
CURVE_POINTS = 400  # at most, of the series as it is drawn behind the window to choose


def needs(spec: AnyForecast) -> int:
    """The memory of the processor that a training takes, in bytes; a GPU refuses by itself."""
    if device(spec.device).type != "cpu":
        return 0
    kind = Kind(spec.cell, spec.peephole, spec.reset)
    length = spec.length if isinstance(spec, Forecast) else OwnSeries(spec).length
    longest = (length, max(spec.batch, 2))  # the held-out stretch is twice as long
    reckoned = footprint.torchs if spec.engine == "torch" else footprint.stack
    return reckoned(kind, 1, spec.hidden, longest, spec.layers)


def answer(spec: AnyForecast) -> ForecastPlan:
    """Say what a training would work with, and show the first window of its first batch."""
    training = Training(spec)
    inputs, targets = training.series.batch(spec.batch, training.length, training.generator)
    return ForecastPlan(
        inputs=list(inputs.shape),
        targets=list(targets.shape),
        parameters=training.parameters,
        spacing=1.0 if isinstance(training.series, OwnSeries) else training.series.spacing,
        first_input=inputs[0, :, 0].tolist(),
        first_target=targets[0, :, 0].tolist(),
        data=training.series.report(None)[0] if isinstance(training.series, OwnSeries) else None,
    )


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
        batch = self.series.batch(self.spec.batch, self.length, self.generator)
        inputs, targets = (each.to(self.device) for each in batch)
        try:
            result = self.trainer.descend(lambda: self.model.backpropagate(inputs, targets))
        except EngineDiverged as error:
            raise Diverged(f"Training stopped after step {self.step}: {error}. {self._cause()}") from None
        self.step += 1
        return Metrics(self.step, *result)

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
        assert isinstance(question, Generate | Moment)
        check_moment(question, question.at, self.step)
        if isinstance(question, Moment):
            return Moments(self.step, self.view())
        if isinstance(self.series, OwnSeries):
            return self.series.generated(self.model, question)
        length, last = self.length, self.series.points - self.length
        if question.first > last:
            raise ValueError(
                f"generate: first={question.first} is not allowed: a window of {length} points that begins on the "
                f"series has first from 0 to {last}."
            )
        count, stride = length + question.steps, -(-self.series.points // CURVE_POINTS)
        truth = self.series.values(question.first, count)
        prompt = truth[:length] if question.prompt == "curve" else torch.zeros(length)
        continued = generate(self.model, prompt.to(self.device), question.steps).cpu()
        if not continued.isfinite().all():
            raise ValueError("The network's weights ran away, and so does what it generates; train again.")
        return Generated(
            x=self.series.places(question.first, count).tolist(),
            truth=truth.tolist(),
            values=torch.cat([prompt, continued]).tolist(),
            prompt=length,
            rmse=float(_mean_squared(continued.double(), truth[length:]).sqrt()),
            curve_x=self.series.places(0, self.series.points)[::stride].tolist(),
            curve=self.series.values(0, self.series.points)[::stride].tolist(),
        )

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

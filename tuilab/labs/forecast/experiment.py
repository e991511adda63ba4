"""Runs the forecast lab."""

import numpy as np
import torch
from torch import Tensor

from tuilab.engine import footprint
from tuilab.engine.device import device
from tuilab.engine.forecaster import Forecaster, generate, predict
from tuilab.engine.layer import Kind, named
from tuilab.engine.series import SineSeries
from tuilab.engine.state import State, arrays, take_back
from tuilab.engine.training import Diverged as EngineDiverged
from tuilab.engine.training import Trainer
from tuilab.labs.forecast.spec import Forecast, ForecastPlan, ForecastView, Generate, Generated, Moment, Moments
from tuilab.labs.run import Diverged, Metrics, check_moment
from tuilab.labs.spec import Spec

SIZES = ("length", "batch", "hidden")
_RANDOM = "random"
CURVE_POINTS = 400  # at most, of the series as it is drawn behind the window to choose


def needs(spec: Forecast) -> int:
    """The memory of the processor that a training takes, in bytes; a GPU refuses by itself."""
    if device(spec.device).type != "cpu":
        return 0
    kind = Kind(spec.cell, spec.peephole, spec.reset)
    longest = (spec.length, max(spec.batch, 2))  # the held-out stretch is twice as long
    reckoned = footprint.torchs if spec.engine == "torch" else footprint.stack
    return reckoned(kind, 1, spec.hidden, longest, spec.layers)


def answer(spec: Forecast) -> ForecastPlan:
    """Say what a training would work with, and show the first window of its first batch."""
    training = Training(spec)
    inputs, targets = training.series.batch(spec.batch, spec.length, training.generator)
    return ForecastPlan(
        inputs=list(inputs.shape),
        targets=list(targets.shape),
        parameters=training.parameters,
        spacing=training.series.spacing,
        first_input=inputs[0, :, 0].tolist(),
        first_target=targets[0, :, 0].tolist(),
    )


def weights(spec: Forecast, state: State) -> dict[str, torch.Tensor]:
    """What a kept run has trained, by torch's names where torch has such a layer. Raises ValueError."""
    training = Training(spec)
    training.put_weights({name: state[name] for name in training.trainer.weights() if name in state})
    return named(training.model)


class Training:
    """Trains a forecaster on random windows of the series."""

    def __init__(self, spec: Forecast) -> None:
        self.spec, self.step, self.total = spec, 0, spec.steps
        self.generator = torch.Generator().manual_seed(spec.seed)
        self.series = SineSeries(spec.begin, spec.end, spec.points)
        kind = Kind(spec.cell, spec.peephole, spec.reset)
        self.device = device(spec.device)
        self.model = Forecaster(kind, spec.hidden, spec.layers, self.generator, spec.engine).to(self.device)
        self.trainer = Trainer(self.model.parameters(), spec.optimiser, spec.lr, spec.clip)

    @property
    def parameters(self) -> int:
        """How many numbers are trained."""
        return sum(parameter.numel() for parameter in self.model.parameters())

    def advance(self) -> Metrics:
        """Train on one batch of windows."""
        batch = self.series.batch(self.spec.batch, self.spec.length, self.generator)
        inputs, targets = (each.to(self.device) for each in batch)
        try:
            result = self.trainer.descend(lambda: self.model.backpropagate(inputs, targets))
        except EngineDiverged as error:
            raise Diverged(f"Training stopped after step {self.step}: {error}. {self._cause()}") from None
        self.step += 1
        return Metrics(self.step, *result)

    def view(self) -> ForecastView:
        """Predict the stretch that follows the series, twice as long as a training window, one step ahead."""
        count, first = 2 * self.spec.length, self.spec.points
        values = self.series.values(first, count + 1)
        predicted = predict(self.model, values[:-1].to(self.device)).cpu()
        return ForecastView(
            x=self.series.places(first + 1, count).tolist(),
            truth=values[1:].tolist(),
            predicted=predicted.tolist(),
            held_out_loss=float(_mean_squared(predicted.double(), values[1:])),
            parameters=self.parameters,
        )

    def state(self) -> dict[str, np.ndarray]:
        """The weights, what the optimiser remembers, and where the random numbers are."""
        return arrays(self.trainer.state() | {_RANDOM: self.generator.get_state()})

    def restore(self, step: int, state: State) -> None:
        """Go on from a state after `step` steps."""
        random = self.generator.get_state()
        take_back(self.trainer.state() | {_RANDOM: random}, state)
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
        length, last = self.spec.length, self.spec.points - self.spec.length
        if question.first > last:
            raise ValueError(
                f"generate: first={question.first} is not allowed: a window of {length} points that begins on the "
                f"series has first from 0 to {last}."
            )
        count = length + question.steps
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
            curve_x=self.series.places(0, self.spec.points)[:: self._stride].tolist(),
            curve=self.series.values(0, self.spec.points)[:: self._stride].tolist(),
        )

    @property
    def _stride(self) -> int:
        """Every how many points of the series are enough to draw it."""
        return -(-self.spec.points // CURVE_POINTS)

    def _cause(self) -> str:
        """What probably made a number run away, and what to try."""
        if self.spec.optimiser == "sgd" and not self.spec.clip:
            return f"Nothing bounds the gradient (clip=0) and lr={self.spec.lr:g} is large; try clip=1 or a smaller lr."
        return f"The learning rate lr={self.spec.lr:g} is probably too large; try a tenth of it, and clip=1."


def _mean_squared(predicted: Tensor, target: Tensor) -> Tensor:
    return ((predicted - target) ** 2).mean()

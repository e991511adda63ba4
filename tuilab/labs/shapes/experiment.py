"""Runs the shapes lab."""

import numpy as np
import torch

from tuilab.engine import footprint
from tuilab.engine.layer import Kind, named
from tuilab.engine.shape_tasks import task_of
from tuilab.engine.shapes import Network, losses
from tuilab.engine.state import State, arrays, take_back
from tuilab.engine.training import Diverged as EngineDiverged
from tuilab.engine.training import Trainer
from tuilab.labs.run import Diverged, Metrics, check_moment
from tuilab.labs.shapes.examples import attempted, looked_at
from tuilab.labs.shapes.spec import ERROR, HELD_OUT, RIGHT, Attempt, Example, Shapes, ShapesView, Stage
from tuilab.labs.spec import Spec

SIZES = ("hidden", "batch")
CHECK_EVERY = 20  # training steps
SHOWN = 16  # examples of each order
_RANDOM, _CHECKS = "random", "checks"


def needs(spec: Shapes) -> int:
    """The memory that a training takes, in bytes."""
    task = task_of(spec.form, spec.points, spec.wave, spec.noise)
    inputs, outputs = task.sizes
    longest = (spec.points, max(spec.batch, HELD_OUT))
    parts = [inputs, outputs] if spec.form == "encdec" else [inputs]
    copied = 2 * footprint.outputs(*longest, spec.hidden)  # what is said and its gradient, for autograd
    return sum(footprint.stack(Kind(spec.cell), each, spec.hidden, longest) + copied for each in parts)


def answer(spec: Shapes) -> ShapesView:
    """The network before its first step."""
    return Training(spec).view()


def weights(spec: Shapes, state: State) -> dict[str, torch.Tensor]:
    """What a kept run has trained, by torch's names where torch has such a layer. Raises ValueError."""
    training = Training(spec)
    training.put_weights({name: state[name] for name in training.trainer.weights() if name in state})
    return named(training.network)


class Training:
    """Trains a network on batches of its task, and measures it now and then on held-out examples."""

    def __init__(self, spec: Shapes) -> None:
        self.spec, self.step, self.total = spec, 0, spec.steps
        self.generator = torch.Generator().manual_seed(spec.seed)
        self.task = task_of(spec.form, spec.points, spec.wave, spec.noise)
        self.network = Network(spec.form, Kind(spec.cell), self.task.sizes, spec.hidden, self.generator)
        self.trainer = Trainer(self.network.parameters(), "adam", spec.lr, spec.clip)
        self.held_out = self.task.held_out(HELD_OUT)
        self.checks: list[tuple[int, float]] = []

    def advance(self) -> Metrics:
        """Train on one batch."""
        self.trainer.optimiser.lr = self.spec.lr * (1 - self.step / self.total)
        examples = self.task.draw(self.spec.batch, self.generator)
        try:
            result = self.trainer.step(lambda: losses(self.network(examples), examples.targets).mean())
        except EngineDiverged as error:
            raise Diverged(
                f"Training stopped after step {self.step}: {error}. The learning rate lr={self.spec.lr:g} is probably "
                "too large; try a tenth of it, and clip=1."
            ) from None
        self.step += 1
        if self.step % CHECK_EVERY == 0 or self.step == self.total:
            self.checks.append((self.step, self.measured()))
        return Metrics(self.step, *result)

    def measured(self) -> float:
        """The typical error, or the share of right answers, on the held-out examples."""
        said = self.network.free(self.held_out)
        return self.task.measure(self.task.judge(said, self.held_out.targets))

    def view(self) -> ShapesView:
        """The network on held-out examples, a decoder running freely."""
        said = self.network.free(self.held_out)
        targets = self.held_out.targets
        judged, lost = self.task.judge(said, targets), losses(said, targets).mean(0)
        measure = self.task.measure(judged)
        wrong = judged != 1 if self.task.classes else judged > ERROR
        badness = (judged != 1) * 1000.0 + lost if self.task.classes else judged
        worst = badness.argsort(descending=True)[:SHOWN].tolist()
        inputs, steps_out = self.held_out.inputs.shape, targets.shape[0]
        return ShapesView(
            step=self.step,
            form=self.spec.form,
            measure=measure,
            accepted=measure >= RIGHT if self.task.classes else measure <= ERROR,
            wrong=int(wrong.sum()),
            examples=looked_at(self.task, said, self.held_out, list(range(SHOWN))),
            worst=looked_at(self.task, said, self.held_out, worst),
            checks=list(self.checks),
            inputs=[inputs[0], self.spec.batch, inputs[2]],
            targets=[steps_out, self.spec.batch, *targets.shape[2:]],
            parameters=sum(parameter.numel() for parameter in self.network.parameters()),
            unknown=self.task.unknown,
        )

    def state(self) -> dict[str, np.ndarray]:
        """The weights, what the optimiser remembers, where the random numbers are, and what was measured."""
        kept = arrays(self.trainer.state() | {_RANDOM: self.generator.get_state()})
        return kept | {_CHECKS: np.array(self.checks, dtype=np.float64).reshape(-1, 2)}

    def restore(self, step: int, state: State) -> None:
        """Go on from a state after `step` steps."""
        random, rest = self.generator.get_state(), {**state}
        checks = rest.pop(_CHECKS, np.empty((0, 2)))
        take_back(self.trainer.state() | {_RANDOM: random}, rest)
        self.generator.set_state(random)
        self.checks = [(int(at), float(value)) for at, value in checks]
        self.step = step

    def put_weights(self, weights: State) -> None:
        """Take the weights of a kept network, by their names in `state`. Raises ValueError where they do not fit."""
        take_back(self.trainer.weights(), weights)

    def answer(self, question: Spec) -> Example | ShapesView:
        """What it says to an input of the learner's own, or what it is."""
        assert isinstance(question, Attempt | Stage)
        check_moment(question, question.at, self.step)
        if isinstance(question, Stage):
            return self.view()
        try:
            return attempted(self.task, self.network, question.own)
        except ValueError as error:
            raise ValueError(f"attempt: {error}") from None

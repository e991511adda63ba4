"""Runs the neuron lab."""

import numpy as np
import torch
from torch import Tensor

from tuilab.engine.neuron import outputs, unroll_neuron
from tuilab.engine.state import State, arrays, take_back
from tuilab.engine.training import Diverged as EngineDiverged
from tuilab.engine.training import Trainer
from tuilab.labs.neuron.spec import Neuron, NeuronView, Row, numbers
from tuilab.labs.run import Diverged, Metrics
from tuilab.labs.spec import Spec

Parameters = tuple[Tensor, Tensor, Tensor]


def answer(spec: Neuron) -> NeuronView:
    """Unroll the neuron with the weights that were given."""
    return _view(spec, _parameters(spec))


def weights(spec: Neuron, state: State) -> dict[str, Tensor]:
    """What a kept run has trained. Raises KeyError where it is not there."""
    return {name: torch.from_numpy(state[f"parameter.{n}"]) for n, name in enumerate(("w_x", "w_y", "b"))}


class Training:
    """Trains w_x, w_y and b on the sequence, from the weights that were given."""

    def __init__(self, spec: Neuron) -> None:
        self.spec, self.step, self.total = spec, 0, spec.steps
        self.parameters = _parameters(spec)
        self.trainer = Trainer(self.parameters, "adam", spec.lr, clip=0)

    def advance(self) -> Metrics:
        """Take one training step on the whole sequence."""
        try:
            result = self.trainer.step(self._loss)
        except EngineDiverged as error:
            raise Diverged(
                f"Training stopped after step {self.step}: {error}. With w_y beyond ±1 each output grows from the "
                f"one before; try a w_y nearer to 0 or a smaller lr than {self.spec.lr:g}."
            ) from None
        self.step += 1
        return Metrics(self.step, *result)

    def view(self) -> NeuronView:
        """Unroll the neuron with the weights it has now."""
        return _view(self.spec, self.parameters)

    def state(self) -> dict[str, np.ndarray]:
        """The three numbers and what the optimiser remembers."""
        return arrays(self.trainer.state())

    def restore(self, step: int, state: State) -> None:
        """Go on from a state after `step` steps."""
        take_back(self.trainer.state(), state)
        self.step = step

    def answer(self, question: Spec) -> NeuronView:
        """There is no question to a run of this lab."""
        raise ValueError(f"{question.kind} cannot be asked of a neuron.")

    def _loss(self) -> Tensor:
        x, target = _shifted("sequence", self.spec.sequence)
        return _error(x, target, self.parameters, self.spec.activation)


def _parameters(spec: Neuron) -> Parameters:
    w_x, w_y, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (spec.w_x, spec.w_y, spec.b))
    return w_x, w_y, b


def _shifted(name: str, text: str) -> tuple[Tensor, Tensor]:
    """The sequence without its last number, and without its first: inputs and targets (time,)."""
    values = torch.tensor(numbers(name, text), dtype=torch.float64)
    return values[:-1], values[1:]


def _error(x: Tensor, target: Tensor, parameters: Parameters, activation: str) -> Tensor:
    return ((outputs(unroll_neuron(x, *parameters, activation)) - target) ** 2).mean()


@torch.no_grad()
def _view(spec: Neuron, parameters: Parameters) -> NeuronView:
    rows, losses = [], []
    for name in ("sequence", "unseen"):
        x, target = _shifted(name, getattr(spec, name))
        steps = unroll_neuron(x, *parameters, spec.activation)
        rows.append(
            [Row(*(float(v) for v in (x[t], *step, target[t], step.y - target[t]))) for t, step in enumerate(steps)]
        )
        losses.append(float(_error(x, target, parameters, spec.activation)))
    w_x, w_y, b = (float(p) for p in parameters)
    return NeuronView(w_x, w_y, b, rows[0], losses[0], rows[1], losses[1])

"""Runs the gradients lab."""

import math
from typing import Any

import numpy as np
import torch

from tuilab.engine.deep.descent import Batch, NotFiniteError, Rule, measure, step
from tuilab.engine.deep.networks import Deep, Stack, Unrolled
from tuilab.engine.deep.tasks import first_symbol, generator_of, ring
from tuilab.engine.state import State, arrays, take_back
from tuilab.labs import switches
from tuilab.labs.gradients.history import History
from tuilab.labs.gradients.spec import RECENT, Broken, Effect, Gradients, GradientsView
from tuilab.labs.run import Diverged, Metrics
from tuilab.labs.spec import Spec

_HISTORY = "history"


def answer(spec: Gradients) -> GradientsView:
    """The gradient before any training; or, asked for the effect of switches, what became of a whole training."""
    training = Training(spec)
    if isinstance(spec, Effect):
        try:
            while training.step < training.total:
                training.advance()
        except Diverged:
            pass
    else:
        training.look()
    return training.view()


def weights(spec: Gradients, state: State) -> dict[str, torch.Tensor]:
    """What a kept run has trained, by the names of the lab's program. Raises KeyError where it is not there."""
    layers = [f"weights.{number}" for number in range(spec.depth - 1)]
    stack = ["first", *layers, "biases", "gains", "shifts", "out", "out_bias"]
    rnn = ["wx", "wh", "bias", "input_gain", "hidden_gain", "out", "out_bias"]
    names = enumerate(stack if spec.network == "stack" else rnn)
    return {name: torch.from_numpy(state[f"parameter.{number}"]) for number, name in names}


class Training:
    """Trains the network; what is to be switched after the step it is at is switched before the next one."""

    def __init__(self, spec: Gradients) -> None:
        self.spec, self.step, self.total = spec, 0, spec.steps
        self.net: Deep = Stack(spec.depth, spec.width) if spec.network == "stack" else Unrolled(spec.width)
        self.history = History()
        self.now = switches.in_force(spec, 0)
        self._switched_at = {switch.step for switch in switches.switches(spec)}
        self._undrawn: tuple[int, dict[str, torch.Tensor]] | None = None  # at a step, the weights before new ones
        self._draw()
        self._route()

    def advance(self) -> Metrics:
        """Take one training step. Raises Diverged, with the step not taken, where a number is not finite."""
        if self.step in self._switched_at:
            self._switch()
        try:
            watched = step(self.net, self._batch(self.step), Rule(self.now.lr, self.now.clip, self.now.clip_value))
        except NotFiniteError as error:
            raise Diverged(self._break(error).sentence) from None
        self.step += 1
        self.history.note(self.step, *watched)
        return Metrics(self.step, watched.loss, watched.norm)

    def look(self) -> None:
        """Measure the gradient as it is, and take no step."""
        try:
            watched = measure(self.net, self._batch(self.step))
        except NotFiniteError as error:
            self._break(error)
        else:
            self.history.note(self.step, *watched)

    def view(self) -> GradientsView:
        """Rows, stretches, and how well it does."""
        return GradientsView(
            place=self.spec.place,
            rows=self.history.rows(),
            stretches=self.history.stretches(),
            parameters=sum(parameter.numel() for parameter in self.net.parameters),
            broken=self.history.broken,
        )

    def state(self) -> dict[str, np.ndarray]:
        """The weights, and what was seen; batches follow from the step."""
        return arrays(self._weights()) | {_HISTORY: np.frombuffer(self.history.encoded(), np.uint8)}

    def restore(self, step: int, state: State) -> None:
        """Go on from a state after `step` steps."""
        state = dict(state)
        seen = state.pop(_HISTORY, None)
        take_back(self._weights(), state)
        if seen is not None:
            self.history.take_back(bytes(seen))
        self._be_at(step)

    def put_weights(self, weights: State) -> None:
        """Take the weights of a kept network."""
        take_back(self._weights(), weights)

    def change(self, spec: Gradients) -> None:
        """Go on with another spec, which differs in what is switched after the step this is at, or later."""
        self.spec = spec
        self._switched_at = {switch.step for switch in switches.switches(spec)}
        before = self.now
        self._switch()
        if self.now != before:
            self.history.broken = None

    def tells(self, step: int, start: int) -> bool:
        """Whether it can be trained again from `start`: what is said of a stretch needs the steps before its end."""
        ends = {step, *(at for at in self._switched_at if at < step)}
        return start == 0 or not any(start <= end < start + RECENT for end in ends)

    def go_back(self, step: int, weights: State) -> None:
        """Be where it was after `step` steps."""
        self.put_weights(weights)
        self.history.cut(step)
        self._be_at(step)

    def answer(self, question: Spec) -> Any:
        """There are no questions to a run of this lab."""
        raise ValueError(f"{question.kind} is no question to a training of this lab.")

    def _be_at(self, step: int) -> None:
        """Have the settings of a step; what is switched right there is so again, which changes nothing."""
        self.step = step
        self.now = switches.in_force(switches.taken_back(self.spec, step), step)
        self._route()
        self._switch()

    def _switch(self) -> None:
        """Take the settings that are in force from here on."""
        wanted = switches.in_force(self.spec, self.step)
        if wanted == self.now:
            return
        new = switches.changes(self.now, wanted)
        self.now = wanted
        self._route()
        there = switches.new_at(self.spec, self.step) if self.step else new  # with what was switched there before
        if _draws(new, wanted):
            self._begin_anew(_draws(there, wanted))
        if self.step:
            self.history.switch(self.step, ", ".join(f"{name}={switches.spelled(wanted, name)}" for name in there))

    def _route(self) -> None:
        self.net.activation, self.net.batchnorm = self.now.activation, self.now.batchnorm

    def _begin_anew(self, draw: bool) -> None:
        """Draw the weights; where that was switched back at its own step, those of before take their place again."""
        if self._undrawn is None or self._undrawn[0] != self.step:
            self._undrawn = self.step, {name: each.clone() for name, each in self._weights().items()}
        if draw:
            self._draw()
        else:
            take_back(self._weights(), arrays(self._undrawn[1]))

    def _draw(self) -> None:
        """Let the weights begin; the same seed gives the same, whenever that is."""
        self.net.draw((self.now.init, self.now.std, torch.Generator().manual_seed(self.spec.seed)))

    def _batch(self, number: int) -> Batch:
        generator = generator_of(self.spec.seed, number)
        if self.spec.network == "stack":
            return ring(self.spec.batch, generator)
        return first_symbol(self.spec.batch, self.spec.length, generator)

    def _weights(self) -> dict[str, torch.Tensor]:
        return {f"parameter.{number}": each.detach() for number, each in enumerate(self.net.parameters)}

    def _break(self, error: NotFiniteError) -> Broken:
        """Say where the first number stood that is not finite."""
        number = self.step + 1
        place = f"in {self.spec.place} {error.place + 1} of {self.spec.places}"
        if error.place == self.spec.places:
            place = "in the loss"
        elif error.place < 0:
            place = "in the sum of the gradient over all time steps"
        way = "on the way forwards" if error.way == "forwards" else "on the way back"
        last = self.history.recent[-1] if self.history.recent else None
        before = f" The step before, the gradient norm was {last[1]:.3g} and the loss {last[0]:.3g}." if last else ""
        broken = Broken(number, f"Step {number:,}: the first {error.what} stood {place}, {way}.{before}")
        self.history.note_broken(broken, error.profile or [math.nan] * self.spec.places)
        return broken


def _draws(new: dict[str, Any], wanted: Gradients) -> bool:
    """Whether weights begin anew with what has changed."""
    return "init" in new or ("std" in new and wanted.init == "normal")

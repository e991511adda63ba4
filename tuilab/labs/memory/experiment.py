"""Runs the memory lab."""

import math
from typing import Any

import numpy as np
from torch import Tensor

from tuilab.engine import footprint
from tuilab.engine.layer import Kind, named
from tuilab.engine.racer import hidden_as_large
from tuilab.engine.recall import Recall
from tuilab.engine.remembering import FRESH, Beginning, Rememberer
from tuilab.engine.state import State, arrays, take_back
from tuilab.engine.training import Diverged as EngineDiverged
from tuilab.labs.memory.spec import CELLS, LEARNED, Lane, Memory, MemoryView, Net, agos
from tuilab.labs.room import check_room
from tuilab.labs.run import Diverged, Metrics
from tuilab.labs.spec import Spec

SIZES = ("hidden",)
EVERY = 20  # steps between two measurements of accuracy
POINTS = 100  # of a curve, at most


def answer(spec: Memory) -> MemoryView:
    """The networks as they begin: their sizes, and how far back their gradients reach."""
    check_room(spec)
    return Training(spec).view()


def needs(spec: Memory) -> int:
    """The memory that a training takes, in bytes; the longest passes are those of the fresh sequences."""
    total = copied = 0
    for ago in agos(spec.ago):
        task = Recall(ago, spec.batch, spec.between)
        for kind in kinds_of(spec):
            hidden = hidden_of(kind, spec, task)
            total += footprint.stack(kind, task.inputs, hidden, (ago + 1, FRESH))
            copied = max(copied, footprint.outputs(ago + 1, FRESH, hidden))
    return total + copied


def kinds_of(spec: Memory) -> tuple[Kind, ...]:
    """The cells, in the order of `CELLS`."""
    return Kind("rnn", activation=spec.activation), Kind("lstm"), Kind("gru")


def hidden_of(kind: Kind, spec: Memory, task: Recall) -> int:
    """How many units a cell has."""
    return hidden_as_large(kind, spec.hidden, task) if spec.equal == "parameters" else spec.hidden


def sizes(spec: Memory) -> dict[str, int]:
    """The units of each cell, by the names of `CELLS`."""
    task = Recall(agos(spec.ago)[0], spec.batch, spec.between)
    return {name: hidden_of(kind, spec, task) for name, kind in zip(CELLS, kinds_of(spec), strict=True)}


class Entrant:
    """One network, and what it has lost and recalled."""

    def __init__(self, name: str, network: Rememberer) -> None:
        self.name, self.network = name, network
        self.learned, self.problem, self.norm = 0, "", 0.0
        self.losses, self.at, self.accuracies = list[float](), list[int](), list[float]()
        self._reach: tuple[int, list[float]] = (-1, [])

    @property
    def going(self) -> bool:
        """Whether it still trains."""
        return not self.learned and not self.problem

    def step(self, last: bool) -> None:
        """Take a training step, and look now and then what is recalled, and after the last one."""
        try:
            loss, self.norm = self.network.step()
        except EngineDiverged as error:
            self.problem = f"{error} at step {len(self.losses) + 1}"
            return
        self.losses.append(loss)
        if last or len(self.losses) % EVERY == 0:
            self.measure()

    def measure(self) -> None:
        """Measure accuracy on fresh sequences."""
        self.at.append(len(self.losses))
        self.accuracies.append(self.network.accuracy())
        if self.losses and self.accuracies[-1] >= LEARNED:
            self.learned = len(self.losses)

    def reach(self, last: bool) -> list[float]:
        """How far back the gradient reaches, now or, before the last step, less than EVERY steps ago.

        The readable steps that it is measured by take as long as some training steps. Finite numbers alone.
        """
        seen, steps = self._reach[0], len(self.losses)
        changed = steps != seen and (last or not self.going)
        if seen < 0 or steps - seen >= EVERY or changed:
            shares = self.network.reach().tolist()
            self._reach = steps, [each if math.isfinite(each) else 0.0 for each in shares]
        return self._reach[1]


def weights(spec: Memory, state: State) -> dict[str, Tensor]:
    """What a kept run has trained, by network, by torch's names where torch has such a layer. Raises ValueError."""
    found: dict[str, Tensor] = {}
    for number, each in enumerate(Training(spec).entrants):
        own = each.network.trainer.weights()
        take_back(own, {name: state[f"{number}.{name}"] for name in own if f"{number}.{name}" in state})
        found |= {f"{each.name}_{each.network.task.ago}.{name}": tensor for name, tensor in named(each.network).items()}
    return found


class Training:
    """All networks side by side; a step of the run is a step of each that has not learned it yet."""

    def __init__(self, spec: Memory) -> None:
        self.spec, self.step, self.total = spec, 0, spec.steps
        self.entrants = [
            Entrant(name, self._network(kind, ago))
            for name, kind in zip(CELLS, kinds_of(spec), strict=True)
            for ago in agos(spec.ago)
        ]
        for each in self.entrants:
            each.measure()
        self._last = Metrics(0, 0.0, 0.0)

    def _network(self, kind: Kind, ago: int) -> Rememberer:
        spec = self.spec
        task = Recall(ago, spec.batch, spec.between)
        network = Rememberer(kind, hidden_of(kind, spec, task), task, spec.seed, ("adam", spec.lr, spec.clip))
        network.truncate = spec.truncate
        network.begin(Beginning(spec.keep, spec.init), spec.seed)
        return network

    def advance(self) -> Metrics:
        """Let each take a step. Raises Diverged where nobody is left that could."""
        for each in self.entrants:
            if each.going:
                each.step(last=self.step + 1 == self.total)
        if all(each.problem for each in self.entrants):
            raise Diverged(
                f"All networks have diverged: {self.entrants[0].problem}. lr={self.spec.lr:g} is probably too large; "
                "try a tenth of it, and clip=1."
            )
        self.step += 1
        going = [each for each in self.entrants if each.going and each.losses]
        if going:
            loss = float(np.mean([each.losses[-1] for each in going]))
            self._last = Metrics(self.step, loss, max(each.norm for each in going))
        return Metrics(self.step, self._last.loss, self._last.gradient_norm)

    def view(self) -> MemoryView:
        """Each network's curves, and how far back its gradient reaches."""
        lanes, last = [], self.step == self.total
        for name in CELLS:
            own = [each for each in self.entrants if each.name == name]
            network, nets = own[0].network, [_net(each, last) for each in own]
            lanes.append(Lane(name, network.hidden, network.size, nets))
        return MemoryView(self.step, lanes)

    def state(self) -> dict[str, Any]:
        """Weights, what the optimisers remember, where the batches are, and what was measured."""
        state: dict[str, Any] = {}
        for number, each in enumerate(self.entrants):
            own = arrays(each.network.trainer.state() | {"batches": each.network.batches.get_state()})
            own |= {"losses": np.array(each.losses), "at": np.array(each.at), "accuracies": np.array(each.accuracies)}
            own |= {"learned": np.array([each.learned]), "problem": np.frombuffer(each.problem.encode(), np.uint8)}
            state |= {f"{number}.{name}": array for name, array in own.items()}
        return state

    def restore(self, step: int, state: State) -> None:
        """Go on from a state after `step` steps."""
        for number, each in enumerate(self.entrants):
            own = {name.partition(".")[2]: array for name, array in state.items() if name.startswith(f"{number}.")}
            if not {"losses", "at", "accuracies", "learned", "problem"} <= own.keys():
                raise ValueError("What was saved is of another memory lab; let it train again.")
            each.losses, each.at = own.pop("losses").tolist(), own.pop("at").tolist()
            each.accuracies, each.learned = own.pop("accuracies").tolist(), int(own.pop("learned")[0])
            each.problem = bytes(own.pop("problem")).decode()
            batches = each.network.batches.get_state()
            take_back(each.network.trainer.state() | {"batches": batches}, own)
            each.network.batches.set_state(batches)
        self.step = step

    def answer(self, question: Spec) -> Any:
        """There are no questions to a run of this lab."""
        raise ValueError(f"{question.kind} is no question to the memory lab.")


def _net(entrant: Entrant, last: bool) -> Net:
    count, reach = len(entrant.losses), entrant.reach(last)
    ends = sorted({round(each) for each in np.linspace(0, count, POINTS + 1)[1:]} - {0})
    return Net(
        ago=entrant.network.task.ago,
        accuracy=entrant.accuracies[-1],
        learned=entrant.learned,
        at=entrant.at,
        accuracies=entrant.accuracies,
        x=ends,
        losses=[float(np.mean(entrant.losses[start:end])) for start, end in zip([0, *ends], ends, strict=False)],
        reach=reach,
        first=reach[0],
        problem=entrant.problem,
    )

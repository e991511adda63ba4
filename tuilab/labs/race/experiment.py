"""Runs the race lab."""

from bisect import bisect_right
from contextlib import suppress
from typing import Any

import numpy as np
from torch import Tensor

from tuilab.engine import footprint
from tuilab.engine.layer import Kind, named
from tuilab.engine.racer import Racer, Task, hidden_as_large
from tuilab.engine.state import State, arrays, take_back
from tuilab.engine.training import Diverged as EngineDiverged
from tuilab.labs.race.spec import LANES, ROUND, Lane, Outcome, Race, RaceView
from tuilab.labs.run import Diverged, Metrics
from tuilab.labs.spec import Spec

SIZES = ("length", "batch", "hidden")
POINTS = 120  # of a curve, at most
MEAN = 20  # steps that a loss in the verdict is the mean of


def needs(spec: Race) -> int:
    """The memory that a race takes, in bytes."""
    task = Task(spec.task, spec.length, spec.batch)
    longest = (spec.length, spec.batch)
    sizes = [(kind, hidden_of(kind, spec, task)) for kind in kinds_of(spec)]
    copied = max(footprint.outputs(*longest, hidden) for _, hidden in sizes)
    return copied + sum(footprint.stack(kind, task.inputs, hidden, longest) for kind, hidden in sizes)


def kinds_of(spec: Race) -> tuple[Kind, ...]:
    """The cells, in the order of `LANES`."""
    return Kind("rnn"), Kind("lstm"), Kind("lstm", spec.peephole), Kind("gru")


def hidden_of(kind: Kind, spec: Race, task: Task) -> int:
    """How many units a cell has in a race."""
    return hidden_as_large(kind, spec.hidden, task) if spec.equal == "parameters" else spec.hidden


def sizes(spec: Race) -> dict[str, int]:
    """The units of each, by the names of `LANES`."""
    task = Task(spec.task, spec.length, spec.batch)
    return {name: hidden_of(kind, spec, task) for name, kind in zip(LANES, kinds_of(spec), strict=True)}


def answer(spec: Outcome) -> RaceView:
    """Let all of them run to the end, as far as they do not diverge."""
    race = Training(spec)
    with suppress(Diverged):
        while race.step < race.total:
            race.advance()
    return race.view()


class Entrant:
    """Who runs in a lane: a network, and what it has lost at which time."""

    def __init__(self, name: str, racer: Racer) -> None:
        self.name, self.racer, self.problem = name, racer, ""
        self.losses, self.times = list[float](), list[float]()
        self.norm = 0.0

    def step(self) -> None:
        """Take a training step; one that diverges is out."""
        try:
            loss, self.norm = self.racer.step()
        except EngineDiverged as error:
            self.problem = str(error)
            return
        self.losses.append(loss)
        self.times.append(self.racer.seconds)

    def mean(self, until: int) -> float | None:
        """The mean loss of the steps before `until`."""
        last = self.losses[max(0, until - MEAN) : until]
        return sum(last) / len(last) if last else None


def weights(spec: Race, state: State) -> dict[str, Tensor]:
    """What a kept run has trained, by network, by torch's names where torch has such a layer. Raises ValueError."""
    found: dict[str, Tensor] = {}
    for number, each in enumerate(Training(spec).lanes):
        own = each.racer.trainer.weights()
        take_back(own, {name: state[f"{number}.{name}"] for name in own if f"{number}.{name}" in state})
        found |= {f"{each.name.replace(' ', '_')}.{name}": tensor for name, tensor in named(each.racer).items()}
    return found


class Training:
    """A race. A step of the run is a step of each, or a slice of time for each."""

    def __init__(self, spec: Race) -> None:
        self.spec, self.step = spec, 0
        self.by_time = spec.equal == "seconds"
        self.total = round(spec.seconds / ROUND) if self.by_time else spec.steps
        task = Task(spec.task, spec.length, spec.batch)
        settings = ("adam", spec.lr, spec.clip)
        self.lanes = [
            Entrant(name, Racer(kind, hidden_of(kind, spec, task), task, spec.seed, settings))
            for name, kind in zip(LANES, kinds_of(spec), strict=True)
        ]
        for lane in self.lanes:
            lane.racer.warm_up()

    def advance(self) -> Metrics:
        """Let each take a step, or train for its slice of time. Raises Diverged when nobody is left."""
        for lane in self.lanes:
            until = (self.step + 1) * ROUND if self.by_time else 0.0
            while not lane.problem:
                lane.step()
                if lane.racer.seconds >= until:
                    break
        going = [lane for lane in self.lanes if not lane.problem]
        if not going:
            lr = self.spec.lr
            raise Diverged(f"All four have diverged; lr={lr:g} is probably too large, try a tenth of it, and clip=1.")
        self.step += 1
        best = min(going, key=lambda lane: lane.losses[-1])
        return Metrics(self.step, best.losses[-1], best.norm)

    def view(self) -> RaceView:
        """Curves, and the verdict so far."""
        going = [lane for lane in self.lanes if not lane.problem] or self.lanes
        equal_steps = min(len(lane.losses) for lane in going)
        equal_seconds = min(lane.racer.seconds for lane in going)
        return RaceView(
            [self._lane(lane, equal_steps, equal_seconds) for lane in self.lanes], equal_steps, equal_seconds
        )

    def _lane(self, lane: Entrant, equal_steps: int, equal_seconds: float) -> Lane:
        ends = sorted({round(each) for each in np.linspace(0, len(lane.losses), POINTS + 1)[1:]})
        ends = [end for end in ends if end]
        starts = [0, *ends][:-1]
        recall = self.spec.task == "recall" and not lane.problem
        return Lane(
            name=lane.name,
            hidden=lane.racer.hidden,
            parameters=lane.racer.size,
            steps=len(lane.losses),
            seconds=lane.racer.seconds,
            x=[lane.times[end - 1] if self.by_time else float(end) for end in ends],
            y=[float(np.mean(lane.losses[start:end])) for start, end in zip(starts, ends, strict=True)],
            at_steps=None if lane.problem else lane.mean(equal_steps),
            at_seconds=None if lane.problem else lane.mean(bisect_right(lane.times, equal_seconds)),
            accuracy=lane.racer.accuracy() if recall else None,
            problem=lane.problem,
        )

    def state(self) -> dict[str, Any]:
        """Weights, what the optimisers remember, where the batches are, and what was lost when."""
        state: dict[str, Any] = {}
        for number, lane in enumerate(self.lanes):
            own = arrays(lane.racer.trainer.state() | {"batches": lane.racer.batches.get_state()})
            own |= {"losses": np.array(lane.losses), "times": np.array(lane.times)}
            own["problem"] = np.frombuffer(lane.problem.encode(), np.uint8)
            state |= {f"{number}.{name}": array for name, array in own.items()}
        return state

    def restore(self, step: int, state: State) -> None:
        """Go on from a state after `step` rounds."""
        for number, lane in enumerate(self.lanes):
            own = {name.partition(".")[2]: array for name, array in state.items() if name.startswith(f"{number}.")}
            if not {"losses", "times", "problem"} <= own.keys():
                raise ValueError("What was saved is of another race; let them run again.")
            lane.losses, lane.times = own.pop("losses").tolist(), own.pop("times").tolist()
            lane.problem = bytes(own.pop("problem")).decode()
            batches = lane.racer.batches.get_state()
            take_back(lane.racer.trainer.state() | {"batches": batches}, own)
            lane.racer.batches.set_state(batches)
            lane.racer.seconds = lane.times[-1] if lane.times else 0.0
        self.step = step

    def answer(self, question: Spec) -> Any:
        """There are no questions to a race."""
        raise ValueError(f"{question.kind} is no question to a race.")

"""Asks and trains experiments in this process, for the command line and for plain mode. torch is imported here."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, ModuleType
from typing import NamedTuple

from tuilab.labs import catalogue
from tuilab.labs.run import Diverged, Metrics, Run
from tuilab.labs.spec import Spec


class Outcome(NamedTuple):
    """How far a training went: why it ended there, and the time it spent.

    `reason` is done, stopped or diverged; `sentence` says why where that is not plain; `loss` is the last one.
    """

    reason: str
    sentence: str
    seconds: float
    loss: float | None


def experiment(spec: Spec) -> ModuleType:
    """Import the experiment of a lab, and torch, to work on one core: more threads slow small tensors."""
    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"
    import torch

    torch.set_num_threads(1)
    return catalogue.experiment_of(spec.kind)


def train(
    training: Run, until: int, told: Callable[[Metrics, float], None], interrupted: Callable[[], bool]
) -> Outcome:
    """Train up to a step; `told` hears of each step, with the seconds spent so far."""
    seconds, loss = 0.0, None
    while training.step < until:
        if interrupted():
            return Outcome("stopped", "", seconds, loss)
        begun = time.perf_counter()
        try:
            metrics = training.advance()
        except Diverged as error:
            return Outcome("diverged", str(error), seconds, loss)
        seconds += time.perf_counter() - begun
        loss = metrics.loss
        told(metrics, seconds)
    return Outcome("done", "", seconds, loss)


@contextmanager
def interrupts() -> Iterator[Callable[[], bool]]:
    """Let ctrl+c be asked for between two steps, so that none is half taken; a second one ends at once."""
    received: list[int] = []

    def receive(number: int, frame: FrameType | None) -> None:
        if received:
            raise KeyboardInterrupt
        received.append(number)

    before = signal.signal(signal.SIGINT, receive)
    try:
        yield lambda: bool(received)
    finally:
        signal.signal(signal.SIGINT, before)

"""Keeps a training of this process on disk, as the worker keeps those of the screen."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tuilab.labs import moments, spelling
from tuilab.labs.direct import Outcome
from tuilab.labs.room import NoRoomError, begin
from tuilab.labs.run import Metrics, Run
from tuilab.labs.spec import Spec
from tuilab.labs.takingup import take_up
from tuilab.records.keeper import Keeper
from tuilab.records.runlog import Measured
from tuilab.records.runs import Kept
from tuilab.records.state import RunError, Unreachable


def reopen(root: Path, name: str) -> tuple[Kept, Run, list[Measured]]:
    """A kept run with its training as it was last saved, and what was measured up to there.

    Raises RunError where it is gone or in use, ValueError where it does not fit its spelling any more. What cannot be
    gone on with has failed, so that it is not offered again; what was saved of it stays. There may be room tomorrow.
    """
    kept = Kept.reopen(root, name)
    try:
        step, state, measured = kept.load()
        spec = spelling.parse(kept.about.spelling)
        training = begin(spec)
        take_up(training, step, state)
    except BaseException as error:
        if isinstance(error, RunError | ValueError) and not isinstance(error, NoRoomError | Unreachable):
            kept.fail(str(error))
        kept.close()
        raise
    return kept, training, measured


class Keeping:
    """Is told of each step of one training, and of how it ended; it may be trained on after that.

    `before` is what was measured before, where it goes on: of the kept run, or of another that it branches from.
    `name` is that of the kept run, empty where there is none yet, and `problem` says why it cannot be kept.
    """

    def __init__(
        self, spec: Spec, training: Run, root: Path, kept: Kept | None = None, before: Sequence[Measured] = ()
    ) -> None:
        self.training, self.keeper = training, Keeper(root, spelling.spell(spec), kept, () if kept else before)
        self._before = self._seconds = before[-1].seconds if before else 0.0
        self.keeper.look(training.step, training.state)

    @property
    def name(self) -> str:
        """What `vectors=` and the cell lab's `run=` call the run."""
        return self.keeper.name

    @property
    def problem(self) -> str:
        """Why it is not kept; empty where it is."""
        return self.keeper.problem

    def step(self, metrics: Metrics, seconds: float) -> None:
        """Note a step; `seconds` are those since training began or went on."""
        self._seconds = self._before + seconds
        self.keeper.note(metrics)
        self.keeper.look(self.training.step, self.training.state)
        if self.keeper.due(time.monotonic()):
            self.keeper.save_soon(self.training.step, self._seconds, self.training.state)

    def answer(self, question: Spec) -> Any:
        """Put a question to the training as it is, or as it was. Raises ValueError, RunError."""
        return moments.answer(self.training, self.keeper, question)

    def respell(self, spec: Spec) -> None:
        """A switch was thrown: the training is spelled so from here on, and goes on."""
        self.keeper.respell(spelling.spell(spec))
        self.keeper.spell()

    def end(self, outcome: Outcome) -> None:
        """Save what there is; a training that is complete or diverged is not gone on with."""
        if self.training.step:
            self._save()
        if outcome.reason == "diverged" or self.training.step >= self.training.total:
            self.keeper.finish(outcome.reason, outcome.sentence)
        self._before = self._seconds

    def close(self) -> None:
        """Let others go on with it."""
        self.keeper.close()

    def _save(self) -> None:
        self.keeper.save(self.training.step, self._seconds, self.training.state)

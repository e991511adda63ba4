"""Keeps one run on disk as it goes, so that little is lost however it ends."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tuilab.labs.run import Metrics
from tuilab.records.runlog import Measured
from tuilab.records.runs import Kept, Saved
from tuilab.records.shelf import make_room
from tuilab.records.snapshots import Snapshots, kept_steps

SAVE_EVERY, SHARE = 1.0, 50  # seconds between saves, or this many times what one takes
State = Callable[[], dict[str, Any]]


class Keeper:
    """Saves a run now and then; `problem` says what keeps it from being saved, and it goes on without."""

    def __init__(
        self, root: Path | None, spelling: str, kept: Kept | None = None, history: Sequence[Measured] = ()
    ) -> None:
        self.root, self.spelling, self.kept, self._history = root, spelling, kept, history
        self.problem = ""
        self._loss, self._norm = list[float](), list[float]()
        self._first, self._behind = 1, kept is None
        self._saved, self._cost = time.monotonic(), 0.0
        self.snapshots = Snapshots(kept_steps(kept.folder) if kept is not None else ())

    @property
    def name(self) -> str:
        """The name of the run's folder; empty until it was saved."""
        return self.kept.name if self.kept is not None else ""

    def note(self, metrics: Metrics) -> None:
        """Take what a step measured."""
        if not self._loss:
            self._first = metrics.step
        self._loss.append(metrics.loss)
        self._norm.append(metrics.gradient_norm)
        self._behind = True

    def look(self, step: int, state: State) -> None:
        """Take a snapshot of the weights after `step` steps, where it is time for one."""
        if self.snapshots.due(step):
            self.snapshots.take(step, state())

    def weights(self, at: int) -> dict[str, Any]:
        """Those of a snapshot. Raises RunError."""
        return self.snapshots.weights(at, self.kept.folder if self.kept is not None else None)

    def due(self, now: float) -> bool:
        """Whether it is time to save: from save to save, saving takes a fiftieth of the time at most."""
        return now - self._saved >= max(SAVE_EVERY, SHARE * self._cost)

    def save(self, step: int, seconds: float, state: State) -> None:
        """Save what was measured, and the state after `step` steps."""
        if self.root is None or not self._behind:
            return
        begun = time.monotonic()
        try:
            new = [Measured(self._first, self._loss, self._norm, seconds)] if self._loss else []
            if self.kept is None:
                self.kept = self._begin(self.root, new, (step, state()))
            else:
                for each in new:
                    self.kept.note(each)
                self._loss, self._norm = [], []
                self.kept.save(step, state())
            self.snapshots.store(self.kept.folder)
        except (OSError, ValueError) as error:
            self._fail(error)
        else:
            self.problem, self._behind = "", False
        self._saved = begun
        self._cost = time.monotonic() - begun

    def _begin(self, root: Path, new: list[Measured], saved: Saved) -> Kept:
        kept = Kept.begin(root, self.spelling, [*self._history, *new], saved)
        self._loss, self._norm = [], []
        threading.Thread(target=make_room, args=(root,), daemon=True, name="room").start()
        return kept

    def respell(self, spelling: str) -> None:
        """The run is spelled otherwise from now on, and can go on; `spell` keeps that, and whatever is saved next."""
        self.spelling, self._behind = spelling, True
        if self.kept is not None:
            self.kept.respell(spelling)

    def spell(self) -> None:
        """Keep how the run is spelled, where that is not kept yet."""
        if self.kept is not None:
            try:
                self.kept.spell()
            except (OSError, ValueError) as error:
                self._fail(error)

    def go_back(self, step: int) -> None:
        """The run is where it was after `step` steps; what was measured later is dropped."""
        kept = max(0, step + 1 - self._first)
        self._loss, self._norm, self._behind = self._loss[:kept], self._norm[:kept], True
        self.snapshots.go_back(step)

    def finish(self, reason: str, sentence: str) -> None:
        """Note how the run ended."""
        if self.kept is not None:
            try:
                self.kept.finish(reason, sentence)
            except (OSError, ValueError) as error:
                self._fail(error)

    def _fail(self, error: OSError | ValueError) -> None:
        """Say what keeps it from being saved; ValueError tells of text that no file can hold."""
        reason = error.strerror or str(error) if isinstance(error, OSError) else "its settings are no text"
        self.problem = f"This run cannot be saved: {reason}."

    def close(self) -> None:
        """Let the run be gone on with by others."""
        if self.kept is not None:
            self.kept.close()
            self.root = self.kept = None

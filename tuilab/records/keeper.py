"""Keeps one run on disk as it goes, so that little is lost however it ends."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from tuilab.labs.run import Metrics
from tuilab.records.folders import no_home
from tuilab.records.runlog import Measured
from tuilab.records.runs import Kept
from tuilab.records.shelf import make_room
from tuilab.records.snapshots import NO_MOMENTS, Moments, Snapshots, sound_steps, store
from tuilab.records.state import saved_step

FIRST_SAVE, SAVE_EVERY = 0.2, 0.7  # seconds until the first save, which makes the folder too, and between saves
SHARE = 50  # or this many times what a save takes from the training
MOMENTS_SHARE = 100  # the same of what was taken at moments: many at first, which do not keep the next save waiting
State = Callable[[], dict[str, Any]]
_BESIDE = ThreadPoolExecutor(4, "saving")  # of all runs of this process; where the disk is slow none waits for another


class _Save(NamedTuple):
    """What is to be written, of no use to the training any more."""

    step: int
    measured: Measured | None
    state: dict[str, Any]
    moments: Moments


class Keeper:
    """Saves a run now and then; `problem` says what keeps it from being saved, and it goes on without.

    What `save_soon` takes is written beside the training. All other methods wait until that is done.
    """

    def __init__(
        self, root: Path | None, spelling: str, kept: Kept | None = None, history: Sequence[Measured] = ()
    ) -> None:
        self.root, self.spelling, self.kept, self._history = root, spelling, kept, history
        self._problem = ""
        self._loss, self._norm = list[float](), list[float]()
        self._first, self._behind = 1, kept is None
        self._saved, self._cost = time.monotonic() - (SAVE_EVERY - FIRST_SAVE if kept is None else 0.0), 0.0
        self._moments_due = 0.0
        self._save: _Save | None = None  # that is being written, or was and has not been looked at
        self._written: Future[None] = Future()
        self._noted = False  # whether its measurements are in the log
        self.snapshots = Snapshots(sound_steps(kept.folder) if kept is not None else ())
        if kept is not None:  # killed on its way back, after its state and before its moments, it has some of later
            self.snapshots.go_back(saved_step(kept.folder) or 0)

    @property
    def name(self) -> str:
        """The name of the run's folder; empty until it was saved."""
        return self.kept.name if self.kept is not None else ""

    @property
    def problem(self) -> str:
        """What keeps it from being saved, as far as that is known."""
        if self._save is not None and self._written.done():
            self._wait()
        return self._problem

    def note(self, metrics: Metrics) -> None:
        """Take what a step measured."""
        if not self._loss:
            self._first = metrics.step
        self._loss.append(metrics.loss)
        self._norm.append(metrics.gradient_norm)
        self._behind = True

    def look(self, step: int, state: State) -> None:
        """Take a snapshot of the state after `step` steps, where it is time for one."""
        if self.snapshots.due(step):
            self.snapshots.take(step, state())

    def weights(self, at: int) -> dict[str, Any]:
        """Those of a snapshot. Raises RunError."""
        self._wait()
        return self.snapshots.weights(at, self.kept.folder if self.kept is not None else None)

    def due(self, now: float) -> bool:
        """Whether it is time to save: saving takes a fiftieth of the time at most, moments a hundredth besides."""
        if now - self._saved < SAVE_EVERY or (self._save is not None and not self._written.done()):
            return False
        self._wait()
        return now - self._saved >= SHARE * self._cost

    def save_soon(self, step: int, seconds: float, state: State) -> None:
        """Take what was measured, and the state after `step` steps, to be written while the training goes on."""
        self._wait()
        if self.root is not None and self._behind:
            self._begin_save(self.root, step, seconds, state, time.monotonic() >= self._moments_due)

    def _begin_save(self, root: Path, step: int, seconds: float, state: State, with_moments: bool) -> None:
        self._saved = time.monotonic()
        measured = Measured(self._first, self._loss, self._norm, seconds) if self._loss else None
        begun = time.thread_time()
        copied = {name: array.copy() for name, array in state().items()}
        self._cost = time.thread_time() - begun
        moments = self.snapshots.hand_over() if with_moments else NO_MOMENTS
        self._save = _Save(step, measured, copied, moments)
        self._loss, self._norm, self._behind, self._noted = [], [], False, False
        try:
            self._written = _BESIDE.submit(self._write, root, self._save)
        except RuntimeError:  # there may be no more threads, or the program is about to end
            self._written = Future()
            try:
                self._write(root, self._save)
                self._written.set_result(None)
            except Exception as error:
                self._written.set_exception(error)

    def save(self, step: int, seconds: float, state: State) -> None:
        """Save what was measured, the state after `step` steps, and all moments, before anything else is done."""
        self._wait()
        if self.root is not None and (self._behind or self.snapshots.behind):
            self._begin_save(self.root, step, seconds, state, with_moments=True)
            self._wait()

    def _write(self, root: Path, save: _Save) -> None:
        """Write beside the training, which has no part in what is written here, nor in `kept` meanwhile.

        What that takes from the training is the processor; that the disk is slow, and that both take turns, is not.
        """
        begun = used = time.thread_time()
        try:
            new = [save.measured] if save.measured is not None else []
            if self.kept is None:
                self.kept = Kept.begin(root, self.spelling, [*self._history, *new], (save.step, save.state))
                self._noted = True
                threading.Thread(target=make_room, args=(root,), daemon=True, name="room").start()
            else:
                for each in new:
                    self.kept.note(each)
                self._noted = True
                self.kept.save(save.step, save.state)
            used = time.thread_time()
            store(self.kept.folder, save.moments)
        finally:
            self._cost += used - begun
            self._moments_due = time.monotonic() + MOMENTS_SHARE * (time.thread_time() - used)

    def _wait(self) -> None:
        """Let what is being written be written; what could not be is taken back."""
        if self._save is None:
            return
        error, save, self._save = self._written.exception(), self._save, None
        if error is None:
            self._problem = ""
            return
        self._behind = True
        self.snapshots.take_back(save.moments)
        if save.measured is not None and not self._noted:
            self._first = save.measured.first
            self._loss = save.measured.loss + self._loss
            self._norm = save.measured.gradient_norm + self._norm
        if not isinstance(error, OSError | ValueError):
            raise error
        self._fail(error)

    def respell(self, spelling: str) -> None:
        """The run is spelled otherwise from now on, and can go on; `spell` keeps that, and whatever is saved next."""
        self._wait()
        self.spelling, self._behind = spelling, True
        if self.kept is not None:
            self.kept.respell(spelling)

    def spell(self) -> None:
        """Keep how the run is spelled, where that is not kept yet."""
        self._guarded(lambda kept: kept.spell())

    def go_back(self, step: int) -> None:
        """The run is where it was after `step` steps; what was measured later is dropped."""
        self._wait()
        kept = max(0, step + 1 - self._first)
        self._loss, self._norm, self._behind = self._loss[:kept], self._norm[:kept], True
        self.snapshots.go_back(step)

    def finish(self, reason: str, sentence: str) -> None:
        """Note how the run ended."""
        self._guarded(lambda kept: kept.finish(reason, sentence))

    def close(self) -> None:
        """Let the run be gone on with by others."""
        self._wait()
        if self.kept is not None:
            self.kept.close()
            self.root = self.kept = None

    def _guarded(self, action: Callable[[Kept], None]) -> None:
        self._wait()
        if self.kept is not None:
            try:
                action(self.kept)
            except (OSError, ValueError) as error:
                self._fail(error)

    def _fail(self, error: OSError | ValueError) -> None:
        """Say what keeps it from being saved; ValueError tells of text that no file can hold."""
        if isinstance(error, ValueError):
            reason = "its settings are no text"
        else:
            reason = no_home(self.root) or error.strerror or str(error)
        self._problem = f"This run cannot be saved: {reason}."

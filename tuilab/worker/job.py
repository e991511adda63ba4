"""One run in the worker: takes training steps and says what happened, in batches."""

import time
from collections.abc import Callable

import msgspec

from tuilab.labs.run import Diverged, Run
from tuilab.worker.messages import Event, Finished, Snapshot, Steps, encode

STEPS_EVERY, SNAPSHOT_EVERY = 0.05, 0.25  # seconds between messages


class Job:
    """Drives one `Run`. `running` says whether it wants to be advanced, `finished` whether it has ended."""

    def __init__(self, id: int, run: Run, send: Callable[[Event], None], paused: bool) -> None:
        self.id, self.run, self.send = id, run, send
        self.running, self.finished = not paused, False
        self.seconds = 0.0
        self._first, self._loss, self._norm = 1, list[float](), list[float]()
        self._steps_sent = self._snapshot_sent = time.monotonic()
        self.show()

    def advance(self) -> None:
        """Take one training step, and send what is due."""
        begun = time.perf_counter()
        try:
            metrics = self.run.advance()
        except Diverged as error:
            return self.finish("diverged", str(error))
        self.seconds += time.perf_counter() - begun
        self._loss.append(metrics.loss)
        self._norm.append(metrics.gradient_norm)
        if self.run.step >= self.run.total:
            return self.finish("done")
        now = time.monotonic()
        if now - self._steps_sent >= STEPS_EVERY:
            self._flush(now)
            if now - self._snapshot_sent >= SNAPSHOT_EVERY:
                self.show()
        return None

    def pause(self) -> None:
        """Wait, everything sent."""
        self.running = False
        self.show()

    def single_step(self) -> None:
        """Take one step and wait."""
        self.running = False
        self.advance()
        if not self.finished:
            self.show()

    def finish(self, reason: str, sentence: str = "") -> None:
        """End the run; it can still be asked."""
        if self.finished:
            return
        self.running, self.finished = False, True
        self.show()
        self.send(Finished(self.id, reason, self.run.step, self.seconds, sentence))  # type: ignore[arg-type]

    def show(self) -> None:
        """Send all metrics so far, and a snapshot."""
        self._flush(time.monotonic())
        self.send(Snapshot(self.id, self.run.step, _raw(self.run.view())))
        self._snapshot_sent = time.monotonic()

    def _flush(self, now: float) -> None:
        if self._loss:
            self.send(Steps(self.id, self._first, self._loss, self._norm, self.seconds))
            self._first += len(self._loss)
            self._loss, self._norm = [], []
        self._steps_sent = now


def _raw(body: object) -> msgspec.Raw:
    return msgspec.Raw(encode(body))

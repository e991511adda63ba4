"""One run in the worker: takes training steps and says what happened, in batches."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from tuilab.labs import locks, moments, spelling, switches
from tuilab.labs.run import Diverged, Run
from tuilab.records.keeper import Keeper
from tuilab.records.runlog import Measured
from tuilab.records.state import RunError
from tuilab.worker.messages import Changed, Event, Finished, Named, Snapshot, Steps, encode

STEPS_EVERY, SNAPSHOT_EVERY = 0.125, 0.25  # seconds between messages; each wakes the screen, on this very core at times
VIEW_SHARE = 5  # snapshots may take one part of the time in so many


class Job:
    """Drives one `Run`. `running` says whether it wants to be advanced, `finished` whether it has ended."""

    def __init__(self, id: int, run: Run, send: Callable[[Event], None], paused: bool, keeper: Keeper) -> None:
        self.id, self.run, self.send, self.keeper = id, run, send, keeper
        self.running, self.finished = not paused, False
        self.until, self._waits = 0, False  # the step it goes back to, while on its way, and whether it waits there
        self.seconds = 0.0
        self._first, self._loss, self._norm = 1, list[float](), list[float]()
        self._steps_sent = self._snapshot_sent = time.monotonic()
        self._snapshot_took = 0.0
        self._named = ("", "")
        self._end = ("", "")  # why it ended
        self.keeper.look(run.step, run.state)

    def recall(self, measured: list[Measured], finished: str | None, sentence: str) -> None:
        """Tell again what a run measured that was taken up from its last save."""
        self._named = self.keeper.name, ""
        self.send(Named(self.id, self.keeper.name, taken_up=True))
        self.tell(measured)
        if finished is not None:
            self.running, self.finished = False, True
            self.send(Finished(self.id, finished, self.run.step, self.seconds, sentence))  # type: ignore[arg-type]
        elif self.run.step >= self.run.total:  # it was killed before it could say so
            self.finish("done")

    def tell(self, measured: Sequence[Measured]) -> None:
        """Tell what was measured up to where the run stands, and show it."""
        for each in measured:
            self.seconds = each.seconds
            self.send(Steps(self.id, each.first, each.loss, each.gradient_norm, each.seconds))
        self._first = self.run.step + 1
        self.show()

    def answer(self, question: Any) -> Any:
        """Let the run answer, as it is or as it was where `at` asks for that. Raises ValueError, RunError."""
        return moments.answer(self.run, self.keeper, question)

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
        self.keeper.note(metrics)
        self.keeper.look(self.run.step, self.run.state)
        if self.run.step >= self.run.total:
            return self.finish("done")
        if self.run.step == self.until:
            return self._arrive()
        now = time.monotonic()
        if self.keeper.due(now):
            self.keeper.save_soon(self.run.step, self.seconds, self.run.state)
        if now - self._steps_sent >= STEPS_EVERY:
            self._flush(now)
            if now - self._snapshot_sent >= max(SNAPSHOT_EVERY, VIEW_SHARE * self._snapshot_took):
                self.show()
        return None

    def change(self, settings: dict[str, str], at: int | None = None) -> None:
        """Switch settings of the run, after it went back to `at` where that is given; say how it is spelled now.

        A run that has ended for want of finite numbers can go on, as can one that went back. On its way back it is
        where it goes to: what is switched meanwhile is switched there.
        """
        run: Any = self.run
        self._flush(time.monotonic())
        there = max(run.step, self.until)
        at = there if at is None else min(at, there)
        try:
            if not run.spec.switchable:
                raise ValueError(f"{run.spec.kind}: nothing can be switched during a run; settings begin a new one.")
            changed = switches.thrown(switches.taken_back(run.spec, at) if at < there else run.spec, at, settings)
            locks.check_change(run.spec, changed)
            if at < run.step:
                self._go_back(at)
        except (ValueError, RunError) as error:
            self.send(Changed(self.id, spelling.spell(run.spec), run.step, str(error)))
            return
        run.change(changed)
        self.keeper.respell(spelling.spell(changed))
        self.finished = False
        if at < there:
            self.running = run.step < at
            self.until, self._waits = at if self.running else 0, True
        self.send(Changed(self.id, spelling.spell(changed), run.step, until=self.until))
        if self.running:
            self.advance()  # what it does is seen at once
        if not self.finished:
            self.show()
        self.keeper.spell()  # the disk can wait until that is seen

    def _go_back(self, at: int) -> None:
        """Take up weights that were kept a little before; from there it trains up to the step again as ever."""
        run: Any = self.run
        kept = [step for step in self.keeper.snapshots.steps if step <= at and run.tells(at, step)]
        if not kept:
            raise ValueError("The weights of earlier steps were not kept, the network is too large; r begins anew.")
        start = kept[-1]
        run.go_back(start, self.keeper.weights(start))
        self.keeper.go_back(start)
        self.seconds *= start / max(1, self._first - 1)
        self._first = start + 1
        self.keeper.save(start, self.seconds, run.state)

    def _arrive(self) -> None:
        """It has gone back to where it should."""
        run: Any = self.run
        run.change(run.spec)  # what is switched right here is seen
        self.running, self.until = not self._waits, 0
        self.save()
        self.show()

    def resume(self) -> None:
        """Go on, and where it is on its way back, beyond the step it goes to."""
        self.running, self._waits = True, False

    def pause(self) -> None:
        """Wait, everything sent; on the way back, when it is there."""
        self._waits = True
        if not self.until:
            self.running = False
            self.save()
            self.show()

    def save(self) -> None:
        """Keep the run as it is; before its first step there is nothing to keep."""
        if self.run.step:
            self._keep()

    def _keep(self) -> None:
        self.keeper.save(self.run.step, self.seconds, self.run.state)
        self._name()

    def _name(self) -> None:
        if self._named != (self.keeper.name, self.keeper.problem):
            self._named = self.keeper.name, self.keeper.problem
            self.send(Named(self.id, *self._named))

    def leave(self) -> None:
        """The run is not wanted here any more; it can be taken up again. There may be room now that was not before."""
        if not self.finished:
            self.save()
        elif self.keeper.problem and self._end[0]:
            self._keep()
            self.keeper.finish(*self._end)
        self.keeper.close()

    def single_step(self) -> None:
        """Take one step and wait; on the way back, when it is there."""
        if self.until:
            return
        self.running = False
        self.advance()
        if not self.finished:
            self.save()  # the cells can be looked into as they are now
            self.show()

    def finish(self, reason: str, sentence: str = "") -> None:
        """End the run; it can still be asked."""
        if self.finished:
            return
        self.running, self.finished, self.until, self._end = False, True, 0, (reason, sentence)
        self._keep()  # before its first step too, so that another process can take it up
        self.show()
        self.keeper.finish(reason, sentence)
        self._name()
        self.send(Finished(self.id, reason, self.run.step, self.seconds, sentence))  # type: ignore[arg-type]

    def show(self) -> None:
        """Send all metrics so far, and a snapshot."""
        begun = time.monotonic()
        self._flush(begun)
        self.send(Snapshot(self.id, self.run.step, _raw(self.run.view())))
        self._snapshot_sent = time.monotonic()
        self._snapshot_took = self._snapshot_sent - begun

    def _flush(self, now: float) -> None:
        self._name()
        if self._loss:
            self.send(Steps(self.id, self._first, self._loss, self._norm, self.seconds))
            self._first += len(self._loss)
            self._loss, self._norm = [], []
        self._steps_sent = now


def _raw(body: object) -> msgspec.Raw:
    return msgspec.Raw(encode(body))

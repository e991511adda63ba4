"""What panels that train share: one run, its state, and the keys that drive it."""

from collections.abc import Callable, Iterable
from typing import Any, Literal

from tuilab.labs import spelling
from tuilab.labs.port import Port, RunHandle
from tuilab.labs.spec import Spec
from tuilab.widgets.decimate import History

RunState = Literal["idle", "running", "paused", "done", "stopped", "diverged", "failed"]


class Runner:
    """Holds the run of a panel, and what it has said so far.

    `changed` is called after every event; `view` is the newest snapshot. Events of an earlier run are dropped.
    `respelled` is called with the spec that a switch has made; `refusal` says why the last one was not thrown.
    """

    def __init__(
        self, port: Port, changed: Callable[[], None], respelled: Callable[[Spec], None] = lambda spec: None
    ) -> None:
        self.port, self.changed, self.respelled = port, changed, respelled
        self.handle: RunHandle | None = None
        self.clear()

    def clear(self) -> None:
        """Forget the run; the worker may forget it too."""
        if self.handle is not None:
            self.handle.control("forget")
        self.handle = None
        self.state: RunState = "idle"
        self.step, self.until = 0, 0
        self.seconds, self.sentence, self.problem, self.refusal = 0.0, "", "", ""
        self.loss, self.gradient_norm = History(), History()
        self._is_told = False  # whether the worker has said anything of it
        self.last_loss: float | None = None
        self.last_norm: float | None = None
        self.view: Any = None

    @property
    def active(self) -> bool:
        """Whether the run can go on."""
        return self.state in ("running", "paused")

    @property
    def ended(self) -> bool:
        """Whether there was a run and it cannot go on."""
        return self.state not in ("idle", "running", "paused")

    @property
    def goes_back(self) -> bool:
        """Whether it trains up to the step again that it was to go back to."""
        return self.active and self.step < self.until

    @property
    def place(self) -> int:
        """The step it is at, or goes back to: where what is switched now will be switched."""
        return self.until if self.goes_back else self.step

    @property
    def rate(self) -> float:
        """Training steps a second, time spent waiting left out."""
        return self.step / self.seconds if self.seconds else 0.0

    def start(self, spec: Spec, paused: bool = False, name: str = "") -> RunHandle:
        """Begin a run from its first step, or go on with the kept one of that name."""
        self.clear()
        self.state = "paused" if paused else "running"
        mine = self.handle = self.port.run(spec, lambda event: self._receive(mine, event), paused, name)
        return mine

    def recall(self, measured: Iterable[Any], sentence: str, end: RunState | None = None) -> None:
        """Show what is kept of the run that is taken up, and how it ended, until the worker tells the same."""
        if not self._is_told:
            self.state = end or self.state
            for stretch in measured:
                self._measured(stretch)
            self.sentence = sentence
            self.changed()

    @property
    def is_kept(self) -> bool:
        """Whether a worker that is started again takes it up."""
        return self.handle is not None and bool(self.handle.name)

    def toggle(self, spec: Spec) -> None:
        """Pause or resume; start where there is nothing to resume."""
        if not self.active or self.handle is None:
            self.start(spec)
        elif self.state == "running":
            self.state = "paused"
            self.handle.control("pause")
        else:
            self.state = "running"
            self.handle.control("resume")
        self.changed()

    def single_step(self, spec: Spec) -> None:
        """Take one training step and wait."""
        if not self.active or self.handle is None:
            self.start(spec, paused=True)
        assert self.handle is not None
        self.state = "paused"
        self.handle.control("step")

    def change(self, settings: dict[str, str], at: int | None = None) -> None:
        """Switch settings where the run is, or where it was after `at` steps; one that went back waits."""
        if self.handle is not None:
            self.handle.change(settings, at)

    def stop(self) -> None:
        """End the run where it is."""
        if self.active and self.handle is not None:
            self.handle.control("stop")

    def lose(self, sentence: str) -> None:
        """The worker no longer has the run; what it has said stays."""
        self.handle, self.sentence = None, sentence
        self.changed()

    def _measured(self, stretch: Any) -> None:
        self.loss.extend(stretch.loss)
        self.gradient_norm.extend(stretch.gradient_norm)
        self.last_loss, self.last_norm = stretch.loss[-1], stretch.gradient_norm[-1]
        self.step, self.seconds = stretch.first + len(stretch.loss) - 1, stretch.seconds

    def _begin_again(self) -> None:
        self.loss, self.gradient_norm = History(), History()
        self.sentence, self.until = "", 0
        if self.state == "failed":
            self.state = "paused"

    def _changed(self, event: Any) -> None:
        self.refusal = event.sentence
        if event.sentence:
            return
        if event.step < self.step:
            self.loss.cut(event.step)
            self.gradient_norm.cut(event.step)
            self.seconds *= event.step / self.step
            self.step, self.state = event.step, "paused"
        if self.ended:
            self.state = "paused"
        self.sentence, self.until = "", event.until
        self.respelled(spelling.parse(event.spelling))

    def _receive(self, run: RunHandle, event: Any) -> None:
        if run is not self.handle:
            return
        self._is_told, kind = True, type(event).__name__
        if kind == "Steps":
            self._measured(event)
        elif kind == "Snapshot":
            self.view = event.body
        elif kind == "Finished":
            self.state, self.sentence = event.reason, event.sentence
        elif kind == "Changed":
            self._changed(event)
        elif kind == "Named":
            self.problem = event.problem
            if event.taken_up:
                return self._begin_again()  # what it has measured comes next: until then nothing is drawn anew
        return self.changed()

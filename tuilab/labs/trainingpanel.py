"""What labs with a run share: the keys that drive it, its loss, and what becomes of it."""

from collections.abc import Sequence
from typing import Any

from textual.binding import Binding

from tuilab.labs.keepsake import untrained
from tuilab.labs.panel import LabPanel
from tuilab.labs.port import RunHandle
from tuilab.labs.runner import Runner
from tuilab.labs.spec import Spec
from tuilab.widgets.plot import Figure, Line


class TrainingPanel(LabPanel):
    """A lab that trains. Subclasses draw what `self.runner` holds in `run_changed`."""

    BINDINGS = [
        Binding("space", "train", "Train", tooltip="Train, pause, go on"),
        Binding("x", "stop", "Stop", tooltip="End the training here"),
        Binding("r", "restart", "Restart", tooltip="Train again from the beginning"),
    ]

    def __init__(self, spec: Spec, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.runner = Runner(port, self.run_changed, self.respelled)

    def run_changed(self) -> None:
        """Something new is known of the run."""
        raise NotImplementedError

    def respelled(self, spec: Any) -> None:
        """A switch was thrown: what is on the screen is spelled so now."""
        self.spec = spec
        self.post_message(self.Changed(self))

    def refuses(self, sentence: str) -> bool:
        """Say it where the next step of a training that goes on does not take its place."""
        if self.runner.state != "running":
            return super().refuses(sentence)
        if sentence:
            self.app.notify(sentence, markup=False)
        return bool(sentence)

    def unsaid(self) -> str:
        """How far it is trained is not in the line; the neuron's weights are."""
        return untrained(self.runner.step) if self.current() == self.spec else ""

    def begin(self) -> None:
        """A run is about to start."""

    def on_unmount(self) -> None:
        """A run ends with its panel."""
        self.runner.clear()

    def take_up(self, name: str, paused: bool = False) -> RunHandle:
        """Go on with a kept run, or wait where it was left."""
        self.begin()
        return self.runner.start(self.spec, paused, name)

    def recall(self, run: RunHandle, measured: Sequence[Any], end: Any = None) -> None:
        """Show what is kept of a run that was taken up, while torch is still being loaded for all the rest.

        `end` is how it ended, None where it can go on.
        """
        if run is self.runner.handle and measured:
            last, loads = measured[-1], self.port.state == "starting"
            told = f"Torch is loading; what is kept is shown, up to step {last.first + len(last.loss) - 1:,}."
            if end is not None:
                told = f"{end}   loss {last.loss[-1]:.3g}   Torch is loading; what is kept is shown."
            self.runner.recall(measured, told * loads, end)

    def reload(self) -> None:
        """Another spec: the run that was there ends."""
        self.runner.clear()

    def turn_to(self, spec: Spec, show: Any = None) -> None:
        """Show another spec; a training that has just these settings goes on, unless something else is to be seen."""
        if show is not None or spec != self.spec or self.runner.handle is None:
            super().turn_to(spec, show)

    def worker_back(self) -> None:
        """Keep what an ended run has drawn; only r throws it away. A kept run comes back by itself."""
        if self.runner.is_kept:
            return
        if self.runner.ended and self.runner.step:
            self.runner.lose("The worker was started again, its network is gone: r trains it anew.")
        else:
            super().worker_back()

    def action_train(self) -> None:
        """Train, pause, go on."""
        if self.may_go_on():
            if not self.runner.active:
                self.begin()
            self.runner.toggle(self.spec)

    def may_go_on(self) -> bool:
        """Whether a key may start a run or go on with it: what an ended one has learned is only thrown away by r."""
        if self.runner.ended:
            state, step = self.runner.state, self.runner.step
            self.say(f"This run has ended, {state} at step {step:,}. r trains again from the beginning.")
        return not self.runner.ended

    def action_stop(self) -> None:
        """End the training here."""
        self.runner.stop()

    def action_restart(self) -> None:
        """Train again from the first step; a run that could go on ends here, and is not offered at home."""
        self.runner.stop()
        self.begin()
        self.runner.start(self.spec)
        self.run_changed()

    def loss_figure(self, steps: int) -> Figure:
        """The loss of each step so far, on an axis for all of them."""
        line = Line("loss", *self.runner.loss.points())
        return Figure("loss, mean squared error (log)", "step", (line,), (0, steps), log=True)

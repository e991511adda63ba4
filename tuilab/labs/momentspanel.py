"""What labs share whose training can be gone through again, moment by moment."""

from asyncio import Lock
from typing import Any

from textual.binding import Binding

from tuilab.labs.spec import MomentQuestion, Spec
from tuilab.labs.trainingpanel import TrainingPanel


class MomentsPanel(TrainingPanel):
    """A lab that trains, and shows what was at a moment of it. Subclasses name the `question` for it.

    `moment` is what is looked at, which has a `step`; None is the training as it is. `due` draws what is new.
    """

    BINDINGS = [
        Binding(
            "right_square_bracket",
            "moment(1)",
            "Moment",
            key_display="[ ]",
            tooltip="An earlier moment ([), or a later one",
        ),
        Binding("left_square_bracket", "moment(-1)", "Earlier", show=False, tooltip="An earlier moment of it"),
    ]
    question: type[MomentQuestion]
    due: Any
    nothing_yet = "There is no training to go through yet: train first, with space."

    def __init__(self, spec: Spec, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.moment: Any = None
        self._in_turn = Lock()

    def begin(self) -> None:
        """A new run has no moments yet."""
        self.moment = None

    def action_train(self) -> None:
        """Train, pause, go on; to go on is to look at the training as it is."""
        if self.moment is not None and self.runner.state != "running":
            self.moment = None
            self.due(at_once=True)
        super().action_train()

    def action_moment(self, direction: int) -> None:
        """Look at what was a while before, or after."""
        if self.runner.step == 0 or self.runner.handle is None:
            return self.say(self.nothing_yet)
        self.run_worker(self._look_at(direction))
        return None

    async def _look_at(self, direction: int) -> None:
        async with self._in_turn:  # each press counts from where the one before it has led
            at = self.moment.step if self.moment else -1
            found = await self.ask(self.question(at=at, towards=direction), self.runner.handle)
            if found is not None:
                self.moment = found if found.step < self.runner.step else None
                self.due(at_once=True)

"""A prediction on a page: said first, then shown beside what the lab gives."""

from collections.abc import Mapping
from typing import Any

from textual.message import Message

from tuilab.course.lesson import PredictBlock
from tuilab.course.paths import value_at
from tuilab.course.quiz import Verdict, judge_prediction
from tuilab.labs.port import Port
from tuilab.records.entries import Predicted
from tuilab.ui.choices import Choices
from tuilab.ui.marking import Marking
from tuilab.ui.quiz import Quiz


class Predict(Quiz):
    """Asks for what the lab has not shown yet, shows it beside what was said, and names the slip in between."""

    HELP = """\
Say what will come before you look: type the number, move the mark along the axis with left and right, or choose with
up and down; enter shows what it is.
Nothing is counted. Where a wrong number has a well-known cause, it is named. After a number the lab stands at what
was asked, and u goes back to what you had there; between choices the lab stays as it is."""

    DEFAULT_CSS = """
    Predict .ask, Predict .verdict { margin: 0; }
    """
    kinds, mark = {"order": Choices}, "First predict: "
    judge = staticmethod(judge_prediction)

    class Seen(Message):
        """A prediction was made, and what happened is shown."""

        def __init__(self, name: str, given: str, right: bool, block: PredictBlock) -> None:
            super().__init__()
            self.name, self.given, self.right, self.block = name, given, right, block

    def __init__(self, block: PredictBlock, name: str, port: Port, earlier: Predicted | None, hints: int = 0) -> None:
        super().__init__(block.question, name, port, None, hints)
        self.predict, self.earlier = block, earlier

    def asked(self) -> Any:
        """A mark on a curve is set on a chart."""
        return Marking(self.block.curve) if self.block.curve is not None else super().asked()

    def show_answers(self, answers: Mapping[str, Any]) -> None:
        """Show the curve beside the mark."""
        if isinstance(self.answer, Marking):
            self.answer.reveal(value_at(answers[self.block.experiment], self.block.answer))

    def before(self) -> str:
        """What was said the last time."""
        return f"You said {self.earlier.given} the last time." if self.earlier else ""

    def judged(self, given: str, verdict: Verdict) -> Message:
        """What the screen is told."""
        return self.Seen(self.quiz_name, given, verdict.right, self.predict)

"""Shows what a trained network generates, and lets the learner choose what it starts from."""

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from tuilab.labs.forecast.spec import Forecast, Generate, Generated
from tuilab.widgets.chart import Chart
from tuilab.widgets.plot import Figure, Line

MOST = 5.0  # that the axis goes up and down to; the wave would be flat if it went further


class Generating(Vertical, can_focus=True):
    """The series, the window on it that is the prompt, and what the network makes of it."""

    BINDINGS = [
        Binding("left", "shift(-1)", "Window", key_display="← →", tooltip="Start from an earlier or later window"),
        Binding("right", "shift(1)", "Later", show=False, tooltip="Start from a later window"),
        Binding("z", "zeros", "Zeros", tooltip="Start from zeros, or from the curve again"),
        Binding(
            "plus,equals_sign", "more(2)", "Points", key_display="+ -", tooltip="Twice as many points (+), or half (-)"
        ),
        Binding("minus", "more(0.5)", "Fewer", show=False, tooltip="Half as many points"),
        Binding("escape,g", "leave", "Back", key_display="esc", tooltip="Back to the training"),
    ]
    DEFAULT_CSS = "Generating > #overview { height: 8; } Generating > #generated { height: 1fr; }"

    class Asked(Message):
        """The learner wants this generated."""

        def __init__(self, question: Generate) -> None:
            super().__init__()
            self.question = question

        def sentence(self, generated: Generated) -> str:
            """What came of it, in words."""
            start = "zeros" if self.question.prompt == "zeros" else f"the window from x = {generated.x[0]:.3g}"
            return f"{self.question.steps} points generated from {start}: root mean squared error {generated.rmse:.3g}"

    class Left(Message):
        """Back to the training."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.spec = Forecast()
        self.question = Generate()
        self.generated: Generated | None = None

    def compose(self) -> ComposeResult:
        """The chart, and what is being asked."""
        yield Chart(self._overview, id="overview")
        yield Chart(self._generated, id="generated")
        yield Static("", id="asked", markup=False)

    def use(self, spec: Forecast, at: int = -1) -> None:
        """Generate from a network with this spec, as it was after `at` training steps.

        It begins with the window chosen last, where that is still there.
        """
        self.spec = spec
        first = min(self.question.first, spec.points - spec.length)
        self._ask(msgspec.structs.replace(self.question, first=first, at=at))

    def show(self, generated: Generated) -> None:
        """Draw a generated series over the truth."""
        self.generated = generated
        for chart in self.query(Chart):
            chart.changed(at_once=True)

    def _overview(self) -> Figure:
        """The series that was trained on, and the window on it."""
        title, generated = "the series, and the window to start from", self.generated
        if generated is None:
            return Figure(title, "x", y_range=(-1.2, 1.2))
        lines = [Line("sin(x)", generated.curve_x, generated.curve)]
        if self.question.prompt == "curve":
            lines.append(
                Line("window", generated.x[: generated.prompt], generated.values[: generated.prompt], "crosses", 3)
            )
        return Figure(title, "x", tuple(lines), (self.spec.begin, self.spec.end), (-1.2, 1.2))

    def _generated(self) -> Figure:
        generated = self.generated
        if generated is None:
            return Figure("free running", "x", y_range=(-1.2, 1.2))
        x, count = generated.x, generated.prompt
        lines = (
            Line("sin(x)", x, generated.truth),
            Line("prompt", x[:count], generated.values[:count], "crosses", 3),
            Line("generated", x[count:], generated.values[count:], "dots", 2),
        )
        least, most = max(-MOST, min(generated.values)), min(MOST, max(generated.values))
        return Figure("free running", "x", lines, (x[0], x[-1]), (min(-1.2, least), max(1.2, most)))

    def action_shift(self, direction: int) -> None:
        """Move the window along the curve by a sixth of its length."""
        step = max(1, self.spec.length // 6)
        last = self.spec.points - self.spec.length
        first = max(0, min(last, self.question.first + direction * step))
        self._ask(msgspec.structs.replace(self.question, first=first, prompt="curve"))

    def action_zeros(self) -> None:
        """Start from zeros, or from the curve again."""
        prompt = "curve" if self.question.prompt == "zeros" else "zeros"
        self._ask(msgspec.structs.replace(self.question, prompt=prompt))

    def action_more(self, factor: float) -> None:
        """Generate more or fewer points."""
        steps = max(25, min(1600, int(self.question.steps * factor)))
        self._ask(msgspec.structs.replace(self.question, steps=steps))

    def action_leave(self) -> None:
        """Back to the training."""
        self.post_message(self.Left())

    def _ask(self, question: Generate) -> None:
        self.question = question
        first, count = question.first, self.spec.length
        prompt = "zeros" if question.prompt == "zeros" else f"points {first} to {first + count - 1} of the curve"
        self.query_one("#asked", Static).update(f"prompt: {prompt}   then {question.steps} points of its own")
        self.post_message(self.Asked(question))

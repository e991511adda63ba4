"""Shows what a trained network generates, and lets the learner choose what it starts from."""

import math
from typing import ClassVar

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from tuilab.labs import spelling
from tuilab.labs.forecast import gencharts, gentold
from tuilab.labs.forecast.genspec import Generate, Generated
from tuilab.labs.forecast.report import Report
from tuilab.labs.forecast.spec import AnyForecast, Forecast
from tuilab.labs.keepsake import line_of
from tuilab.widgets.chart import Chart

CHARTS = ("series", "error", "drift")
TALL = 24  # rows from which two of them stand one below the other
TURN, FASTER = math.pi / 8, 0.1  # by which a key moves the phase, and the frequency
FEWEST, MOST = 25, 1600


class Generating(Vertical, can_focus=True):
    """The series, the window on it that is the prompt, and what the network makes of it."""

    HELP = """\
What the network says by itself: it is given a window, says the next point, and that is put in as if it were true.
left and right move the window along the series; z gives it zeros; w gives it a wave that you choose: left and right
turn its phase, up and down change its frequency. + and - change how many points it says.
v shows the error by step on an axis of powers of ten, beside the error where each point is said from true ones
(teacher-forced); then the drift: a sine is fitted to each period of what was said, and its amplitude is held against
the true one, its phase against the true phase. It is lost after so many steps: then the first error is above 0.3.
On a series of your own, the line upright is where the held-out rows begin. esc goes back to the training."""

    BINDINGS = [
        Binding(
            "left", "shift(-1)", "Window", key_display="← →", tooltip="An earlier or later window; the wave's phase"
        ),
        Binding("right", "shift(1)", "Later", show=False, tooltip="A later window; the wave's phase"),
        Binding("up", "faster(1)", "Frequency", key_display="↑ ↓", tooltip="A wave of higher or lower frequency"),
        Binding("down", "faster(-1)", "Slower", show=False, tooltip="A wave of lower frequency"),
        Binding("w", "prompt('wave')", "Wave", tooltip="Start from another wave, or from the curve again"),
        Binding("z", "prompt('zeros')", "Zeros", tooltip="Start from zeros, or from the curve again"),
        Binding(
            "plus,equals_sign", "more(2)", "Points", key_display="+ -", tooltip="Twice as many points (+), or half (-)"
        ),
        Binding("minus", "more(0.5)", "Fewer", show=False, tooltip="Half as many points"),
        Binding("v", "chart", "Chart", tooltip="The series, the error by step, or the drift"),
        Binding("escape,g", "leave", "Back", key_display="esc", tooltip="Back to the training"),
    ]
    DEFAULT_CSS = """
    Generating > #overview { height: 7; }
    Generating > Chart { height: 1fr; }
    """

    WAVES: ClassVar = {"faster", "prompt"}  # actions that a series of one's own has not

    class Asked(Message):
        """The learner wants this generated."""

        def __init__(self, question: Generate) -> None:
            super().__init__()
            self.question = question

    class Left(Message):
        """Back to the training."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.spec: AnyForecast = Forecast()
        self.report: Report | None = None
        self.question = Generate(first=0, steps=100)
        self.generated: Generated | None = None
        self.window = 0  # the one on the series that was chosen last
        self.chart = CHARTS[0]

    def compose(self) -> ComposeResult:
        """The charts, and what is being asked."""
        yield Chart(lambda: gencharts.overview(self.generated, self.row), id="overview")
        yield Chart(lambda: gencharts.series(self.generated, self.row), id="series")
        yield Chart(lambda: gencharts.error(self.generated, self.question, self.row), id="error")
        yield Chart(lambda: gencharts.drift(self.generated), id="drift")
        yield Static("", id="asked", markup=False)

    @property
    def is_own(self) -> bool:
        """Whether it is a series of one's own."""
        return self.report is not None

    @property
    def row(self) -> str:
        """What a row of a series of one's own is called; empty where it is sin(x)."""
        return self.report.row if self.report is not None else ""

    @property
    def length(self) -> int:
        """Points in a window."""
        return self.report.length if self.report is not None else self.spec.length

    def use(self, spec: AnyForecast, report: Report | None, at: int = -1) -> None:
        """Generate from a network with this spec, as it was after `at` training steps.

        It begins with what was chosen last, where that is still there.
        """
        fresh = self.generated is None or (self.report is None) != (report is None)
        self.spec, self.report = spec, report
        if fresh:
            self.generated = None
            self.question = self._usual()
        first = min(self.question.first, self._last(self.question.steps))
        self.refresh_bindings()
        self._ask(replace(self.question if first >= 0 else self._usual(), first=max(first, 0), at=at))

    def forget(self) -> None:
        """Begin anew when it is used next: nothing is drawn, and what is asked is the usual."""
        self.generated, self.window, self.chart = None, 0, CHARTS[0]
        self._lay_out()

    def show(self, question: Generate, generated: Generated | None) -> None:
        """Draw what was generated over the truth; None where there was no answer."""
        self.generated = generated or self.generated
        self._tell(is_answered=question == self.question)
        self._lay_out()

    def said(self) -> list[str]:
        """What came of it, in sentences."""
        return gentold.told(self.generated) if self.generated is not None else []

    def line(self) -> tuple[str, list[str]]:
        """The command that trains and generates this, and what it does not say. Raises ValueError."""
        line, notes = line_of(self.spec)
        asked, at = spelling.spell(replace(self.question, at=-1)), self.question.at
        then = f" Here it is the network after {at:,} of them." if at != -1 else ""
        notes.append(f"The line trains all {self.spec.steps:,} steps, then generates.{then}")
        return f"{line.replace(' open ', ' run ', 1)} --ask '{asked}'", notes

    def _usual(self) -> Generate:
        """What is asked first: from the beginning; of a series of one's own what was held out."""
        if self.report is None:
            return Generate(first=0, steps=100)
        held = len(self.report.held_rows)
        return Generate(first=self._last(held), steps=held)

    def _last(self, steps: int) -> int:
        """The first point of the last window that so many can follow; sin(x) has no end."""
        if isinstance(self.spec, Forecast):
            return self.spec.points - self.length
        assert self.report is not None and self._lag is not None
        return sum(part.rows for part in self.report.parts) - self._lag - self.length - steps

    @property
    def _lag(self) -> int | None:
        """How many rows of a series of one's own come before its first window; None where it is sin(x)."""
        return None if self.report is None or isinstance(self.spec, Forecast) else self.spec.lag(self.report.season)

    def on_resize(self, event: events.Resize) -> None:
        """There may be room for another chart."""
        self._lay_out()

    def _lay_out(self) -> None:
        shown = {self.chart}
        if self.generated is not None and not self.generated.truth:
            shown = {CHARTS[0]}
        elif self.size.height >= TALL:
            shown |= {CHARTS[0], CHARTS[2] if self.chart == CHARTS[2] else CHARTS[1]}
        for chart in self.query(Chart):
            chart.display = chart.id == "overview" or chart.id in shown
            chart.changed(at_once=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Waves and zeros are for a network that has learned one."""
        return not (self.is_own and action in self.WAVES)

    def action_shift(self, direction: int) -> None:
        """Move the window along the curve by a sixth of its length; or turn the wave's phase."""
        if self.question.prompt == "wave":
            phase = math.remainder(self.question.phase + direction * TURN, 2 * math.pi)
            return self._ask(replace(self.question, phase=round(phase, 4)))
        step = direction * max(1, self.length // 6) if self.question.prompt == "curve" else 0
        self.window = max(0, min(self._last(self.question.steps), self.window + step))
        return self._ask(self._from_window())

    def _from_window(self) -> Generate:
        return Generate(first=self.window, steps=self.question.steps, lost=self.question.lost, at=self.question.at)

    def action_faster(self, direction: int) -> None:
        """Start from a wave of another frequency."""
        frequency = round(self.question.frequency + direction * FASTER, 4)
        if FASTER <= frequency <= 10:
            self._ask(replace(self.question, prompt="wave", first=0, frequency=frequency))

    def action_prompt(self, prompt: str) -> None:
        """Start from zeros or from a wave, or from the curve again."""
        question = self._from_window()
        self._ask(question if self.question.prompt == prompt else replace(question, prompt=prompt, first=0))

    def action_more(self, factor: float) -> None:
        """Generate more or fewer points."""
        steps = int(self.question.steps * factor)
        if self.report is not None:
            most = self._last(0) - self.window
            return self._ask(replace(self.question, steps=max(1, min(most, steps))))
        return self._ask(replace(self.question, steps=max(FEWEST, min(MOST, steps))))

    def action_chart(self) -> None:
        """Show another chart."""
        there: tuple[str, ...] = CHARTS[:2] if self.is_own else CHARTS
        if self.size.height >= TALL:
            there = there[1:]  # the series is there too
            self.chart = self.chart if self.chart in there else there[0]
        self.chart = there[(there.index(self.chart) + 1) % len(there)]
        self._lay_out()

    def action_leave(self) -> None:
        """Back to the training."""
        self.post_message(self.Left())

    def _ask(self, question: Generate) -> None:
        self.question = question
        self.window = question.first if question.prompt == "curve" else self.window
        self._tell(is_answered=False)
        self.post_message(self.Asked(question))

    def _tell(self, is_answered: bool) -> None:
        """Say what it starts from, and whether what is drawn is still of something else."""
        prompt = gentold.prompt(self.question, self.length, self._lag)
        mark = "prompt:" if is_answered else "computing…"
        moment = "" if self.question.at == -1 else f"   trained to {self.question.at:,}"
        self.query_one("#asked", Static).update(f"{mark} {prompt}   then {self.question.steps:,} of its own{moment}")

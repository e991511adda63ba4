"""Shows the race lab."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from tuilab.labs.race.code import code
from tuilab.labs.race.spec import ROUND, Lane, Race, RaceView
from tuilab.labs.trainingpanel import TrainingPanel
from tuilab.widgets.chart import Chart
from tuilab.widgets.numbers import three
from tuilab.widgets.plot import Figure, Line
from tuilab.widgets.progress import ProgressLine
from tuilab.widgets.throttle import Throttle

LOOKS = ("crosses", "line", "dots", "pluses")
WIDTHS = (7, 11, 8, 8, 11, 10, 9)
COLUMNS = ("", "hidden", "parameters", "steps", "steps/s", "same steps", "same time")


class RacePanel(TrainingPanel):
    """Four curves in one chart, and a table."""

    HELP = """\
Four cells learn the same task on the same batches from the same seed. space lets them run, pauses and goes on; r runs
anew. In the settings (f), equal says what is fair: hidden, the same number of units; parameters, as many numbers as the
LSTM has; seconds, the same time for each.
The table's last columns are the verdict: the mean loss of up to twenty steps, after as many steps as the slowest has
taken, and after as many seconds as the quickest has used; the best of each has a star."""

    BINDINGS = [Binding("s", "step", "Step", tooltip="A single round")]
    DEFAULT_CSS = "RacePanel #curves { height: 1fr; } RacePanel #table { height: 5; }"

    can_focus = True
    spec: Race

    def __init__(self, spec: Race, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.due = Throttle(self, self._redraw)

    def compose(self) -> ComposeResult:
        """The chart, the table, how far it is."""
        yield Chart(self._curves, id="curves")
        yield Static("", id="table", markup=False)
        yield ProgressLine(self._progress)
        yield Static("", id="said", markup=False)

    def first_focus(self) -> Any:
        """The panel itself takes the keys."""
        return self

    def reload(self) -> None:
        """Wait for the learner to start."""
        super().reload()
        self.due(at_once=True)

    def code(self) -> str:
        """The networks in plain torch, once it is known how large they are."""
        return code(self.spec, self.runner.view.lanes) if self.runner.view else ""

    def action_code(self) -> None:
        """Show the code, or say why there is none yet."""
        if self.runner.view is None and not self.waiting():
            return self.say("The code is there once the race has begun: then it is known how large each is.")
        return super().action_code()

    def action_step(self) -> None:
        """A single round."""
        if self.may_go_on():
            self.runner.single_step(self.spec)

    def run_changed(self) -> None:
        """Draw when it is due."""
        self.due(at_once=self.runner.state != "running")

    def _redraw(self) -> None:
        self.query_one(Chart).changed(at_once=True)
        self.query_one(ProgressLine).changed(at_once=True)
        self.query_one("#table", Static).update(self._table(), layout=False)
        self.say(self._status(), problem=self.runner.state in ("diverged", "failed"))

    def _curves(self) -> Figure:
        view: RaceView | None = self.runner.view
        by_time = self.spec.equal == "seconds"
        end, unit = (self.spec.seconds, "s") if by_time else (self.spec.steps, "step")
        lanes = view.lanes if view else []
        lines = [
            Line(lane.name, lane.x, lane.y, look, number)
            for number, (lane, look) in enumerate(zip(lanes, LOOKS, strict=False), 1)
        ]
        what = "mean squared error" if self.spec.task == "sine" else "cross-entropy"
        return Figure(f"{what} (log)", unit, tuple(lines), (0, end), log=True, turns=True)

    def _table(self) -> str:
        view: RaceView | None = self.runner.view
        if view is None:
            return ""
        recall = self.spec.task == "recall"
        rows = [(*COLUMNS, *(["recalled"] if recall else []))]
        best_steps = _best([lane.at_steps for lane in view.lanes])
        best_time = _best([lane.at_seconds for lane in view.lanes])
        for number, lane in enumerate(view.lanes):
            right = [f"{100 * lane.accuracy:.0f} %" if lane.accuracy is not None else "-"] if recall else []
            verdict = (_loss(lane.at_steps, number == best_steps), _loss(lane.at_seconds, number == best_time))
            rows.append((*_facts(lane), *verdict, *right))
        return "\n".join(
            f"{row[0]:<14}" + "".join(cell.rjust(width) for cell, width in zip(row[1:], WIDTHS, strict=False))
            for row in rows
        )

    def _progress(self) -> tuple[int, int, float, bool]:
        total = round(self.spec.seconds / ROUND) if self.spec.equal == "seconds" else self.spec.steps
        return self.runner.step, total, self.runner.rate, self.runner.active

    def _status(self) -> str:
        run = self.runner
        settings = run.problem or self.shown_settings("equal", "seed", "lr")
        if run.sentence:
            return run.sentence + (" ctrl+r starts the worker again." if self.port.state == "ended" else "")
        if run.state == "idle":
            return f"space lets them run\n{settings}"
        view: RaceView | None = run.view
        out = [f"{lane.name} is out: {lane.problem}." for lane in view.lanes if lane.problem] if view else []
        if view is None or not view.equal_steps:
            return f"{self.waiting() or f'{run.state}: the first step is still to come'}\n{settings}"
        same = f"same steps: after {view.equal_steps:,}; same time: after {view.equal_seconds:.2g} s"
        return f"{run.state}   {same}\n{run.problem or ' '.join(out) or settings}"


def _facts(lane: Lane) -> tuple[str, ...]:
    rate = f"{lane.steps / lane.seconds:.0f}" if lane.seconds else "-"
    return lane.name, str(lane.hidden), f"{lane.parameters:,}", f"{lane.steps:,}", rate


def _loss(value: float | None, best: bool) -> str:
    return "-" if value is None else ("*" if best else "") + three(value)


def _best(values: list[float | None]) -> int:
    there = [(value, number) for number, value in enumerate(values) if value is not None]
    return min(there)[1] if there else -1


PANEL = RacePanel

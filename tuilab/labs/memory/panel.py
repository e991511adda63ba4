"""Shows the memory lab."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Static

from tuilab.labs.memory.code import code
from tuilab.labs.memory.sentences import reaching, rows, verdict
from tuilab.labs.memory.spec import Memory, MemoryView, agos
from tuilab.labs.spec import Spec
from tuilab.labs.trainingpanel import TrainingPanel
from tuilab.widgets.chart import Chart
from tuilab.widgets.plot import Figure, Line
from tuilab.widgets.progress import ProgressLine
from tuilab.widgets.throttle import Throttle

LOOKS = ("crosses", "dots", "pluses")
NARROW = 72  # columns, below which the charts stand one above the other and the table leaves sizes out
VIEWS = ("gradient", "accuracy", "loss")


class MemoryPanel(TrainingPanel):
    """Accuracy against T; and for one T the gradient back through time, accuracy or loss."""

    HELP = """\
A symbol is shown at the first step, other symbols follow (between=blank: none), and after T steps it is asked for which
it was. For each cell and each T a network of its own trains, the three of a T on the same batches; one that recalls
99 % has learned it (*), and stops.
The left chart is how much is recalled at each T. The right one is of the T that the arrows choose; v changes what it
shows: the gradient with respect to the state at each time step, as a share of that at the last step; accuracy; loss.
space trains, pauses and goes on; s takes a single step; x stops; r starts again.
In the settings (f): truncate is how many steps training goes back through; keep lets LSTM and GRU begin with gates that
hold on (0 begins as torch does); activation and init are the RNN's; equal=parameters makes RNN and GRU as large as the
LSTM."""

    BINDINGS = [
        Binding("s", "step", "Step", tooltip="A single training step of each"),
        Binding("right", "choose(1)", "T", key_display="← →", tooltip="Another T for the right chart"),
        Binding("left", "choose(-1)", "Smaller T", show=False, tooltip="A smaller T for the right chart"),
        Binding("v", "view", "View", tooltip="Gradient back through time, accuracy, or loss"),
    ]
    DEFAULT_CSS = """
    MemoryPanel #charts { height: 1fr; }
    MemoryPanel #charts Chart { width: 1fr; }
    MemoryPanel #chosen { margin-left: 1; }
    MemoryPanel.narrow #charts { layout: vertical; }
    MemoryPanel.narrow #chosen { margin-left: 0; }
    MemoryPanel #table { height: 4; }
    """

    can_focus = True
    spec: Memory

    def __init__(self, spec: Spec, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.due = Throttle(self, self._redraw)
        self.begun: MemoryView | None = None  # the networks before training
        self.place, self.kind = -1, VIEWS[0]

    def compose(self) -> ComposeResult:
        """Two charts, the table, how far it is."""
        with Horizontal(id="charts"):
            yield Chart(self._recalled, id="recalled")
            yield Chart(self._chosen, id="chosen")
        yield Static("", id="table", markup=False)
        yield ProgressLine(self._progress)
        yield Static("", id="said", markup=False)

    def first_focus(self) -> Any:
        """The panel itself takes the keys."""
        return self

    @property
    def view(self) -> MemoryView | None:
        """What is known of the networks: as they train, or as they begin."""
        return self.runner.view or self.begun

    def open(self, spec: Spec, show: Any = None) -> None:
        """Show another spec, at its largest T."""
        self.place, self.begun = -1, None
        super().open(spec, show)

    def reload(self) -> None:
        """Show the networks as they begin, and wait for the learner."""
        super().reload()
        self.due(at_once=True)
        self.run_worker(self._begin(), exclusive=True)

    async def _begin(self) -> None:
        found = await self.ask(self.spec)
        if found is not None:
            self.begun = found
            self.due(at_once=True)

    def on_resize(self) -> None:
        """Side by side where there is room."""
        self.set_class(self.size.width < NARROW, "narrow")
        self.due(at_once=True)

    def code(self) -> str:
        """The three cells in plain torch."""
        return code(self.spec, self.view.lanes) if self.view else ""

    def action_step(self) -> None:
        """A single step of each."""
        if self.may_go_on():
            self.runner.single_step(self.spec)

    def action_choose(self, direction: int) -> None:
        """Another T."""
        count = len(agos(self.spec.ago))
        self.place = max(0, min(count - 1, self.place % count + direction))
        self.due(at_once=True)

    def action_view(self) -> None:
        """What the right chart shows."""
        self.kind = VIEWS[(VIEWS.index(self.kind) + 1) % len(VIEWS)]
        self.due(at_once=True)

    def run_changed(self) -> None:
        """Draw when it is due."""
        self.due(at_once=self.runner.state != "running")

    def _redraw(self) -> None:
        for chart in self.query(Chart):
            chart.changed(at_once=True)
        self.query_one(ProgressLine).changed(at_once=True)
        self.query_one("#table", Static).update(self._table(), layout=False)
        self.say(self._status(), problem=self.runner.state in ("diverged", "failed"))

    def _recalled(self) -> Figure:
        lanes = self.view.lanes if self.view else []
        lines = [
            Line(lane.name, [net.ago for net in lane.nets], [100 * net.accuracy for net in lane.nets], look, number)
            for number, (lane, look) in enumerate(zip(lanes, LOOKS, strict=False), 1)
        ]
        longest = agos(self.spec.ago)[-1]
        levels = (("guessing", 12.5),)
        return Figure("recalled", "T", tuple(lines), (0, longest + 1), (0, 104), levels=levels, turns=True)

    def _chosen(self) -> Figure:
        ago = agos(self.spec.ago)[self.place]
        lines, what = [], self.kind
        for number, (lane, look) in enumerate(zip(self.view.lanes if self.view else [], LOOKS, strict=False), 1):
            net = lane.nets[self.place]
            xs, ys = {
                "gradient": (list(range(ago + 1)), net.reach),
                "accuracy": (net.at, [100 * each for each in net.accuracies]),
                "loss": (net.x, net.losses),
            }[what]
            lines.append(Line(lane.name, xs, ys, look, number))
        if what == "gradient":
            return Figure("gradient", "time step", tuple(lines), (0, ago), log=True, turns=True)
        if what == "accuracy":
            return Figure("recalled", "step", tuple(lines), (0, self.spec.steps), (0, 104), turns=True)
        return Figure("loss", "step", tuple(lines), (0, self.spec.steps), log=True, turns=True)

    def _table(self) -> str:
        if self.view is None:
            return ""
        spared = (1, 2) if self.has_class("narrow") else ()
        place = self.place % len(agos(self.spec.ago)) + 3
        lines = []
        for row in rows(self.view.lanes):
            cells = [cell.rjust(8) for column, cell in enumerate(row) if column not in (0, *spared, *range(3, 99))]
            nets = [
                (f"▐{cell.strip()}▌" if column == place and cell.startswith("T=") else cell).rjust(9)
                for column, cell in enumerate(row)
                if column >= 3
            ]
            lines.append(row[0].ljust(5) + "".join([*cells, *nets]))
        return "\n".join(lines)

    def _progress(self) -> tuple[int, int, float, bool]:
        return self.runner.step, self.spec.steps, self.runner.rate, self.runner.active

    def _status(self) -> str:
        run = self.runner
        if run.sentence:
            return run.sentence + (" ctrl+r starts the worker again." if self.port.state == "ended" else "")
        if self.view is None:
            return self.waiting()
        head = f"{run.state}; {verdict(self.view, self.place)}"
        if run.state == "idle":
            head = "space trains; recalled is in percent, a star: learned"
        return f"{head}\n{run.problem or reaching(self.view, self.place)}"


PANEL = MemoryPanel

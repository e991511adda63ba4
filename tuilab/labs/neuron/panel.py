"""Shows the neuron lab."""

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from tuilab.labs.gridpanel import Bands, GridPanel
from tuilab.labs.neuron.arithmetic import explain, output_of
from tuilab.labs.neuron.code import code
from tuilab.labs.neuron.spec import Neuron, NeuronShow, NeuronView, Row, numbers
from tuilab.labs.slips import Place
from tuilab.labs.trainingpanel import TrainingPanel
from tuilab.labs.trypanel import TryPanel
from tuilab.widgets.blocks import Block, Cell
from tuilab.widgets.chart import Chart
from tuilab.widgets.grid import NumberGrid

COLUMNS = ("x", "w_x·x", "w_y·y₋₁", "sum", "y", "target", "error")
_COMPUTED = {1: "input_part", 2: "memory_part", 3: "sum", 4: "y", 6: "error"}


class NeuronPanel(TrainingPanel, TryPanel):
    """One neuron over time, a row a step."""

    HELP = """\
Each row is one time step: the input x, times w_x; the neuron's own last output, times w_y; their sum with b; \
the output y; what it should have been; the error.
s and b walk through the time steps. enter writes a number out and marks where it comes from.
e edits w_x, w_y, b or an input; changed numbers are marked (*) with the old value in brackets. u undoes.
space trains the three numbers on the sequence, pauses and goes on; x stops; r trains again from the weights \
that the training began with, and u goes back to them.
t hides a computed number and asks for it: where yours comes of a well-known slip, that is named.
v changes between the sequence it is trained on and one that it has not seen."""

    BINDINGS = [
        Binding("v", "series", "Unseen", tooltip="Change between the trained and the unseen sequence"),
    ]
    DEFAULT_CSS = "NeuronPanel #loss { display: none; } NeuronPanel.trained #loss { display: block; }"

    spec: Neuron
    view: NeuronView
    series = "sequence"
    revealed = 99

    def compose(self) -> ComposeResult:
        """The numbers, and the loss once there is one."""
        yield Static("", id="head", classes="line", markup=False)
        yield NumberGrid(id="grid")
        yield Chart(lambda: self.loss_figure(self.spec.steps), id="loss")
        yield Static("", id="said", markup=False)

    def open(self, spec: Neuron, show: NeuronShow | None = None) -> None:  # type: ignore[override]
        """Show a spec; a run that was there ends."""
        show = show or NeuronShow()
        self.series, self.revealed = show.series, show.step + 1
        super().open(spec, show)

    def head(self) -> str:
        """The equation, and how well the neuron does."""
        equation = output_of(self.spec, "w_x·x(t) + w_y·y(t−1) + b")
        loss = self.view.loss if self.series == "sequence" else self.view.unseen_loss
        return f"y(t) = {equation}   mean squared error {loss:.4g}"

    def bands(self, view: NeuronView) -> Bands:
        """The three weights, and the rows of the series that is shown."""
        rows = view.rows if self.series == "sequence" else view.unseen_rows
        weights = Block("weights", [[view.w_x, view.w_y, view.b]], column_names=("w_x", "w_y", "b"), show_shape=False)
        what = "trained on" if self.series == "sequence" else "not seen in training"
        table = Block(
            "t", [_numbers(row, t < self.revealed) for t, row in enumerate(rows)], f"the sequence, {what}",
            [f"t={t}" for t in range(len(rows))], COLUMNS, show_shape=False,
        )  # fmt: skip
        return self.shown([[weights], [table]])

    def place_in_answer(self, cell: Cell) -> Place | None:
        """Where what is computed of a time step stands in the view."""
        if cell.block != "t" or cell.column not in _COMPUTED:
            return None
        return "rows" if self.series == "sequence" else "unseen_rows", cell.row, _COMPUTED[cell.column]

    async def action_try(self) -> None:
        """Try a number that stands still."""
        if self.runner.state == "running":
            return self._refuse("The numbers change while the neuron trains; space pauses it.")
        return await super().action_try()

    def explain(self, cell: Cell) -> tuple[str, list[Cell]]:
        """The arithmetic of a number."""
        rows = self.view.rows if self.series == "sequence" else self.view.unseen_rows
        sentence, sources = explain(self.spec, self.view, rows, cell)
        return sentence, sources

    def name_of(self, cell: Cell) -> str:
        """What the learner calls a number."""
        if cell.block == "weights":
            return ("w_x", "w_y", "b")[cell.column]
        return f"{COLUMNS[cell.column]} at t={cell.row}"

    @property
    def rows_below(self) -> int:  # type: ignore[override]
        """The loss wants some, once there is one."""
        return 5 if self.has_class("trained") else 0

    def current(self) -> Neuron:
        """The spec with the weights that stand on the screen; only a training moves them away from the spec."""
        if self.runner.view is None:
            return self.spec
        return msgspec.structs.replace(self.spec, w_x=self.view.w_x, w_y=self.view.w_y, b=self.view.b)

    def edited(self, cell: Cell, value: float) -> Neuron | None:
        """The spec with this number set, from the weights that stand on the screen."""
        now = self.current()
        if cell.block == "weights":
            name = ("w_x", "w_y", "b")[cell.column]
            if abs(value) > 100:
                raise ValueError(f"{name}={value:g} is not allowed: {name} is a number from -100 to 100.")
            return msgspec.structs.replace(now, **{name: value})
        if COLUMNS[cell.column] not in ("x", "target"):
            return None
        values = list(numbers(self.series, getattr(self.spec, self.series)))
        values[cell.row + (COLUMNS[cell.column] == "target")] = value
        return msgspec.structs.replace(now, **{self.series: ",".join(_exact(v) for v in values)})

    def code(self) -> str:
        """The neuron and its training in plain torch."""
        return code(self.spec)

    def action_step(self, direction: int) -> None:
        """Show one time step more, or one less; from the end it begins again."""
        if self.view is None:
            return
        count = len(self.view.rows if self.series == "sequence" else self.view.unseen_rows)
        shown = min(self.revealed, count)
        self.revealed = 1 if direction > 0 and shown == count else max(1, min(count, shown + direction))
        self.before = None
        self.update_blocks()
        self.grid.move_to(Cell("t", self.revealed - 1, COLUMNS.index("y")), silently=True)
        self.tell(sources=True)

    def action_series(self) -> None:
        """Change between the trained and the unseen sequence."""
        self.series = "unseen" if self.series == "sequence" else "sequence"
        self.before = None
        self.update_blocks()

    def begin(self) -> None:
        """Training is an edit too: u goes back to the weights before it."""
        if self.history[-1:] != [self.spec]:
            self.history.append(self.spec)
        self.before, self.revealed = None, 99
        self.add_class("trained")

    def reload(self) -> None:
        """Show the weights of the spec; a training that was there ends."""
        TrainingPanel.reload(self)
        self.remove_class("trained")
        GridPanel.reload(self)

    async def _reload(self) -> None:
        await super()._reload()
        if self.runner.view is not None:  # a run that was taken up may have spoken first
            self.run_changed()

    def run_changed(self) -> None:
        """Show the weights as they are now, and how the training goes."""
        run = self.runner
        if run.view is not None:
            self.view = run.view
            self.update_blocks()
        self.query_one("#loss", Chart).changed(at_once=not run.active)
        loss = "" if run.last_loss is None else f"   loss before that step {run.last_loss:.4g}"
        self.say(
            run.sentence or f"{run.state} at step {run.step:,} of {self.spec.steps:,}{loss}\n{run.problem}".rstrip(),
            run.state in ("diverged", "failed"),
        )


def _exact(value: float) -> str:
    """A number as short as it can be without being another."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def _numbers(row: Row, revealed: bool) -> list[float | None]:
    values = (row.x, row.input_part, row.memory_part, row.sum, row.y, row.target, row.error)
    return [value if revealed or i in (0, 5) else None for i, value in enumerate(values)]


PANEL = NeuronPanel

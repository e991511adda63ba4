"""Shows the gates lab."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from tuilab.labs.cell.arithmetic import equation_of
from tuilab.labs.cell.blocks import place_of
from tuilab.labs.cell.spec import Cell, CellShow
from tuilab.labs.gates.code import code
from tuilab.labs.gates.spec import MAPS, Gates, GatesShow, GatesTrace
from tuilab.labs.gridpanel import Bands
from tuilab.labs.layerpanel import LayerPanel
from tuilab.widgets.blocks import Block
from tuilab.widgets.blocks import Cell as Place
from tuilab.widgets.chart import Chart
from tuilab.widgets.grid import NumberGrid
from tuilab.widgets.numbers import four
from tuilab.widgets.plot import Figure, Line


class GatesPanel(LayerPanel):
    """One gate at a time: a row for each unit, a column for each time step."""

    HELP = """\
Each row is a unit, each column a time step; a number is the gate in hundredths, 47 for 0.47, and the ground behind
it tells its size too: blue above nought, orange below. The arrows move the cursor, which stands in the curve above
too; below it the exact value. s and b change to the next gate or state of the step. enter goes into the cell lab at
that unit and step. On a trained model [ and ] go through the moments of its training."""

    BINDINGS = [
        Binding("s", "step(1)", "Gate", key_display="s b", tooltip="The next gate or state (s), or the one before (b)"),
        Binding("enter", "inside", "Inside", tooltip="Into this unit at this step: the cell lab"),
    ]
    DEFAULT_CSS = "GatesPanel #curve { height: 8; }"

    spec: Gates
    view: GatesTrace | None
    gate = ""
    rows_below = 8

    def compose(self) -> ComposeResult:
        """The curve over the numbers."""
        yield Static("", id="head", classes="line", markup=False)
        yield Chart(self._curve, id="curve")
        yield NumberGrid(id="grid")
        yield Static("", id="said", markup=False)

    def open(self, spec: Gates, show: GatesShow | None = None) -> None:  # type: ignore[override]
        """Show a spec, at a gate."""
        self.gate = show.gate if show else ""
        super().open(spec, show)

    @property
    def names(self) -> tuple[str, ...]:
        """The gates and states there are."""
        return MAPS[self.view.cell if self.view else self.spec.cell]

    @property
    def shown(self) -> str:
        """The one on the screen."""
        return self.gate if self.gate in self.names else self.names[min(1, len(self.names) - 1)]

    def head(self) -> str:
        """Which gate, of what."""
        assert self.view is not None
        line = " ".join(f"▐{name}▌" if name == self.shown else name for name in self.names)
        equation = equation_of(self.view.cell, self.view.peephole, self.view.reset, self.shown)
        size = f"{self.view.hidden} units × {len(self.view.x)} steps"
        return self.first_that_fits(f"{line}   {size}   {equation}", f"{line}   {equation}")

    def bands(self, view: GatesTrace) -> Bands:
        """The map of the gate that is shown."""
        values = next(each.values for each in view.maps if each.name == self.shown)
        units = [str(unit) for unit in range(view.hidden)]
        steps = [str(t) for t in range(len(view.x))]
        return [[Block("map", values, self.shown, units, steps, show_shape=False, heat=True)]]

    def update_blocks(self) -> None:
        """Draw what there is, and the curve."""
        super().update_blocks()
        for chart in self.query(Chart):
            chart.changed(at_once=True)

    def _curve(self) -> Figure:
        view, cursor = self.view, self.grid.cursor
        if view is None:
            return Figure("the window", "t", y_range=(-1.2, 1.2))
        steps = [float(t) for t in range(len(view.x))]
        lines = [Line("input", steps, view.x), Line("said", steps, view.said, "dots", 2)]
        if cursor is not None and cursor.column < len(steps):
            t = cursor.column
            lines.append(Line(f"t={t}", [float(t)], [view.x[t]], "crosses", 3))
        return Figure("the window, and what is said of the next point", "t", tuple(lines), (0, steps[-1]), (-1.2, 1.2))

    def tell(self, sources: bool = False) -> None:
        """The exact value, and where the curve is."""
        super().tell(sources)
        for chart in self.query(Chart):
            chart.changed(at_once=True)

    def explain(self, cell: Place) -> tuple[str, list[Place]]:
        """The exact value, and the input at that step."""
        assert self.view is not None
        unit, t = cell.row, cell.column
        value = next(each.values for each in self.view.maps if each.name == self.shown)[unit][t]
        said = f"{self.shown} of unit {unit} at t={t}: {four(value)}   input {four(self.view.x[t])}"
        return f"{said}   said {four(self.view.said[t])} for {four(self.view.target[t])}\n{self.view.about}", []

    def edited(self, cell: Place, value: float) -> Gates | None:
        """Nothing here can be set; the cell lab can."""
        return None

    def code(self) -> str:
        """The layer over the window in plain torch."""
        return code(self.spec, self.view) if self.view is not None else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to edit."""
        return action not in ("edit", "undo") and super().check_action(action, parameters)

    def action_step(self, direction: int) -> None:
        """The next gate or state."""
        self.gate = self.names[(self.names.index(self.shown) + direction) % len(self.names)]
        self.update_blocks()

    def action_inside(self) -> None:
        """Into the cell lab, at the number under the cursor."""
        cursor, view = self.grid.cursor, self.view
        if cursor is not None and view is not None:
            inside = Cell(**self.spec.same_layer(), unit=cursor.row, t=cursor.column)
            there = place_of(view.cell, view.peephole, self.shown)
            self.post_message(self.Wanted(inside, CellShow(cursor=str(there))))


PANEL = GatesPanel

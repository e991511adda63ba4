"""Shows the series lab."""

from typing import Any, cast

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Static

from tuilab.labs.gridpanel import Bands
from tuilab.labs.series.code import code
from tuilab.labs.series.picture import Ground, blocks, curve, steps
from tuilab.labs.series.sentences import aliasing, headlines, name, told, twin, why
from tuilab.labs.series.spec import MOST_STEPS, WAVES, Series, SeriesTrace
from tuilab.labs.slips import Place
from tuilab.labs.spec import Spec, fields
from tuilab.labs.trypanel import TryPanel
from tuilab.widgets.blocks import Cell
from tuilab.widgets.chart import Chart
from tuilab.widgets.entry import EntryScreen
from tuilab.widgets.grid import NumberGrid
from tuilab.widgets.plot import Figure
from tuilab.widgets.text import put

NARROW, LOW = 76, 30  # columns, rows
LEAST = 6  # rows of the charts


class SeriesPanel(TryPanel):
    """The curve with the windows of a batch on it, and below it the batch as an array."""

    HELP = """\
Above is the series with the windows of one batch where they lie: the one under the cursor in dots, each other one drawn
with its number. The upright line is at the number under the cursor. Beside it is that window step by step: what goes in
(dots), and what is to be said there (pluses), which is the next point.
Below is the batch as an array, (batch, steps, 1): a row is a window, named by the point at which it begins. The arrows
move the cursor, home and end to the first and last step; enter says where the number comes from and marks the same
point in the other array (▸).
s draws the batch of the next training step, b goes back. v goes to the next wave; e takes the sines of a sum, each as
frequency:amplitude. + and - change the length of a window; f has all else. u takes a change back.
t hides the number under the cursor and asks for it: where yours comes of a well-known slip, that is named."""

    BINDINGS = [
        Binding("s", "step(1)", "Batch", key_display="s b", tooltip="The batch of the next step, or of the one before"),
        Binding("v", "wave", "Wave", tooltip="Another wave: sine, sum, sawtooth, square, noise"),
        Binding("e", "edit", "Sum", tooltip="Type the sines of a sum, each as frequency:amplitude"),
        Binding(
            "plus,equals_sign", "length(1)", "Length", key_display="+ -", tooltip="Longer windows, or shorter ones"
        ),
        Binding("minus", "length(-1)", "Shorter", show=False, tooltip="Shorter windows"),
        Binding("u", "undo", "Undo", tooltip="Take the last change back"),
    ]
    DEFAULT_CSS = """
    SeriesPanel #note { height: auto; color: $warning; }
    SeriesPanel #note.none { display: none; }
    SeriesPanel #charts { height: 1fr; min-height: 6; }
    SeriesPanel #charts Chart { width: 2fr; }
    SeriesPanel #charts #steps { width: 1fr; margin-left: 1; }
    SeriesPanel.narrow #charts { layout: vertical; }
    SeriesPanel.narrow #charts Chart { width: 1fr; margin-left: 0; }
    SeriesPanel.narrow.low #steps { display: none; }
    """

    spec: Series
    ground: Ground | None = None

    def compose(self) -> ComposeResult:
        """The series, what is said of its sampling, the charts, the batch, and what is said about one number."""
        yield Static("", id="head", classes="line", markup=False)
        yield Static("", id="note", classes="none", markup=False)
        with Horizontal(id="charts"):
            yield Chart(lambda: self._figure("curve"), id="curve")
            yield Chart(lambda: self._figure("steps"), id="steps")
        yield NumberGrid(id="grid")
        yield Static("", id="said", markup=False)

    @property
    def rows_below(self) -> int:  # type: ignore[override]
        """The charts and the note."""
        return max(LEAST, self.size.height // 3) + -(-len(self._note()) // self.room)

    def on_resize(self) -> None:
        """Side by side where there is room; step numbers and the second chart where there are rows for them."""
        self.set_class(self.size.width < NARROW, "narrow")
        self.set_class(self.size.height < LOW, "low")
        super().on_resize()
        self.update_blocks()

    @property
    def answered(self) -> Series:
        """The spec of the numbers that are there; the panel's own may be a key ahead."""
        assert self._answered is not None
        return cast(Series, self._answered[0])

    def head(self) -> str:
        """The series and its batch."""
        return self.first_that_fits(*headlines(self.answered))

    def bands(self, view: SeriesTrace) -> Bands:
        """Inputs and targets."""
        return self.shown(blocks(view, with_steps=self.size.height >= LOW))

    def update_blocks(self) -> None:
        """Draw the numbers, and what is above them."""
        self.before = None
        if self.view is not None:
            self.query_one("#charts").visible = True
            self.ground = Ground.of(self.answered, self.view)
            note = self.query_one("#note", Static)
            note.set_class(not self._note(), "none")
            put(note, self._note())
        super().update_blocks()

    def reload(self) -> None:
        """Ask for the numbers; without them there is nothing to draw."""
        self.query_one("#charts").visible = self.view is not None
        super().reload()

    def tell(self, sources: bool = False) -> None:
        """Say what the number under the cursor is, and show where it lies."""
        super().tell(sources)
        for chart in self.query(Chart):
            chart.changed(at_once=True)
        if sources and self.grid.cursor is not None and self.value_at(self.grid.cursor) is not None:
            self.say(why(self.answered, self.view, self.grid.cursor))

    def explain(self, cell: Cell) -> tuple[str, list[Cell]]:
        """Which point it is, and the same point in the other array."""
        other = twin(self.view, cell)
        return told(self.answered, self.view, cell), [other] if other else []

    def name_of(self, cell: Cell) -> str:
        """A number by its place in the array."""
        return name(cell)

    def place_in_answer(self, cell: Cell) -> Place:
        """Where it stands in the trace."""
        return ("windows", cell.row, cell.block, cell.column)

    def edited(self, cell: Cell, value: float) -> Spec | None:
        """The numbers are those of the wave."""
        return None

    def code(self) -> str:
        """The series and its batch in plain torch."""
        return code(self.spec)

    def action_step(self, direction: int) -> None:
        """Draw the batch of another training step."""
        step = self.spec.step + direction
        if step < 0:
            return self.say("This is the first batch.")
        if step > MOST_STEPS:
            return self.say(f"The lab draws batches up to step {MOST_STEPS:,}; another seed (f) has others.")
        return self.change(step=step)

    def action_wave(self) -> None:
        """Another wave."""
        self.change(wave=WAVES[(WAVES.index(self.spec.wave) + 1) % len(WAVES)])

    def action_length(self, direction: int) -> None:
        """A longer window, or a shorter one."""
        self.try_change("length", str(self.spec.length + direction))

    async def action_edit(self) -> None:
        """Type the sines of a sum."""
        if not (self.allows_setting("parts") and self.allows_setting("wave")):
            return

        def check(text: str) -> None:
            msgspec.structs.replace(self.spec, wave="sum", parts=text)

        def take(text: str | None) -> None:
            if text is not None:
                self.change(wave="sum", parts=text)

        self.app.push_screen(EntryScreen("The sines of the sum, frequency:amplitude", self.spec.parts, check), take)

    def try_change(self, setting: str, text: str) -> None:
        """Change a setting, or say what it allows."""
        try:
            field = next(field for field in fields(Series) if field.name == setting)
            self.change(**{setting: field.parse(text)})
        except ValueError as error:
            self.say(str(error))

    def change(self, **settings: Any) -> None:
        """Go on with other settings."""
        spec = msgspec.structs.replace(self.spec, **settings)
        if spec != self.spec and self.allows(spec):
            self.history.append(self.spec)
            self.spec = spec
            self._changed()

    def _note(self) -> str:
        return aliasing(self.answered, self.view) if self.view is not None else ""

    def _figure(self, which: str) -> Figure:
        cell = self.grid.cursor
        if self.view is None or self.ground is None or cell is None:
            return Figure("", "x")
        if which == "steps":
            return steps(self.view, cell, self.ground)
        return curve(self.answered, self.view, cell, self.ground)


PANEL = SeriesPanel

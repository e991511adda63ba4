"""The curves of one kept run, or of up to four in one chart, with a cursor that reads them out."""

from pathlib import Path

from rich.style import Style
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tuilab.labs.branchpoint import moments
from tuilab.records.curve import opens_at_once
from tuilab.records.folders import told
from tuilab.records.shelf import Row, row
from tuilab.records.snapshots import clear_moments
from tuilab.ui.aside import aside
from tuilab.ui.header import Header
from tuilab.ui.keybar import KeyBar
from tuilab.ui.runs.curves import MEASURES, RunCurves, prepare
from tuilab.ui.runs.figure import LOOKS, figure
from tuilab.ui.runs.keys import Curves
from tuilab.ui.runs.place import RunPlace
from tuilab.ui.runs.sight import Sight, neighbour
from tuilab.ui.runs.table import legend, one, several
from tuilab.widgets.chart import ASCII_SAMPLES, SAMPLES, Chart
from tuilab.widgets.means import means_of
from tuilab.widgets.plot import Figure
from tuilab.widgets.text import put

MEANS = (0, 20, 200, 2000)  # steps; what the key goes through


class RunScreen(RunPlace):
    """Opens at once with few points; every step is read meanwhile."""

    HELP = """\
The loss and the gradient norm of a training that was kept, or of several: then each has its colour and its marks, and \
the table says in which settings they differ.
left and right move the cursor by a hundredth of what is in sight, with shift ten times as far, comma and full stop by \
one step; home and end go to the first and the last step. The numbers at the cursor are those of just that step.
+ and - zoom around the cursor, 0 shows all. v changes between a logarithmic and a linear axis. a draws means of 20, \
200 and 2,000 steps, then each step again; the cursor reads out both.
Of one run [ and ] go through the moments whose weights were kept; b opens its lab to go on from there."""

    CSS_PATH = "chart.tcss"

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self.rows = rows
        self.runs: list[RunCurves] = []
        self.sight = Sight(1)
        self.logarithmic, self.mean, self.mean_wanted = True, 0, 0
        self.kept: list[int] = []

    def compose(self) -> ComposeResult:
        """Two charts, the numbers, what the runs are."""
        yield Header()
        with Curves(id="charts"):
            yield Chart(lambda: self._figure(0), id="loss")
            yield Chart(lambda: self._figure(1), id="norm")
        yield Static("", id="heading", markup=False)
        with VerticalScroll(id="about", can_focus=False):
            yield Static("", id="facts", markup=False)
        yield Static("", id="said", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the curves, in a thread where no few points were kept of a long one: that takes a while."""
        if not self.query(Chart):
            return
        self._head()
        self.query_one(Curves).focus()
        if all(opens_at_once(each.folder) for each in self.rows):
            self._take_curves(self._curves())
        else:
            aside(self, self._curves, self._take_curves)

    def _head(self) -> None:
        header = self.query_one(Header)
        single = len(self.rows) == 1
        header.left = "run" if single else f"{len(self.rows)} runs"
        header.middle = (self.rows[0].label.title or self.rows[0].name) if single else ""

    def _curves(self) -> tuple[list[RunCurves], list[int], list[Path]]:
        runs, folder = [RunCurves(each.folder) for each in self.rows], self.folder
        if folder is None:
            return runs, [], []
        gone = clear_moments(folder)
        return runs, moments(folder), gone

    def _take_curves(self, found: tuple[list[RunCurves], list[int], list[Path]]) -> None:
        self.runs, self.kept, gone = found
        if gone:
            what = "A moment of this run" if len(gone) == 1 else f"{len(gone)} moments of this run"
            self.say(f"{what} could not be read; what there is of it is in {told(gone[0])}.")
        self.sight = Sight(max(run.steps for run in self.runs))
        self._draw()
        self.call_after_refresh(self._read_next)

    def _read_next(self) -> None:
        """Read every step of a run, then of the next one."""
        run = next((each for each in self.runs if each.series is None), None)
        if run is not None:
            aside(self, run.read, lambda _: self._read(run))

    def _read(self, run: RunCurves) -> None:
        self._tell()
        if run.series is not None:
            self._read_next()
        self._prepare()

    def _prepare(self) -> None:
        """Work the means out that are wanted, where that takes a while, then draw them."""
        wanted = self.mean_wanted
        if all(run.is_ready(wanted) for run in self.runs):
            self._use_mean()
        elif all(run.series is not None for run in self.runs):
            aside(self, lambda: prepare(self.runs, wanted), lambda _: self._use_mean())

    def _use_mean(self) -> None:
        if self.mean != self.mean_wanted and all(run.is_ready(self.mean_wanted) for run in self.runs):
            self.mean = self.mean_wanted
            self._moved()

    @property
    def folder(self) -> Path | None:
        """The run, where it is one."""
        return self.rows[0].folder if len(self.rows) == 1 else None

    def say(self, sentence: str) -> None:
        """Put a sentence above the keys."""
        put(self.query_one("#said", Static), sentence)

    def reread(self) -> None:
        """A name or notes are others."""
        self.rows = [row(each.folder) or each for each in self.rows]
        self._head()
        self._tell()

    def deleted(self) -> None:
        """Back to the list."""
        self.app.pop_screen()

    def moment(self) -> int | None:
        """The kept moment that the cursor stands on."""
        return self.sight.cursor if self.sight.cursor in self.kept else None

    def on_resize(self) -> None:
        """The table has other columns now."""
        self._tell()

    def _draw(self) -> None:
        """Draw what is new."""
        for chart in self.query(Chart):
            chart.changed(at_once=True)
        self._tell()

    def _tell(self) -> None:
        """Write the numbers at the cursor."""
        if not self.runs or not self.query("#facts"):
            return
        width, step = self.size.width - 4, self.sight.cursor
        heading = self.query_one("#heading", Static)
        heading.display = len(self.rows) > 1
        if len(self.rows) == 1:
            facts = one(self.rows[0], self.runs[0], step, self.mean, self.kept)
        else:
            heading.update(legend(self.rows, self._samples(), step, width))
            facts = several(self.rows, self.runs, step, self.mean, width)
        self.query_one("#facts", Static).update(facts)
        header = self.query_one(Header)
        header.right = "" if self.sight.whole else f"steps {self.sight.first:,} to {self.sight.last:,}"
        self.refresh_bindings()

    def _samples(self) -> list[tuple[str, Style]]:
        """What the line of each run looks like."""
        chart, samples = self.query_one("#loss", Chart), SAMPLES if means_of(self).unicode else ASCII_SAMPLES
        parts = ("first", "second", "third", "fourth")
        styles = [chart.get_component_rich_style(f"chart--{part}", partial=True) for part in parts]
        return [(samples[look], style) for look, style in zip(LOOKS, styles, strict=True)]

    def _figure(self, number: int) -> Figure:
        measure = MEASURES[number]
        return figure(self.runs, measure, self.sight.view(self.mean, self.logarithmic), self.sight.cursor, self.kept)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Moments are those of one run."""
        if action == "moment" and not self.kept:
            return False
        return super().check_action(action, parameters)

    def action_stride(self, by: int) -> None:
        """Move the cursor."""
        self.sight.stride(by)
        self._moved()

    def action_move(self, by: int) -> None:
        """Move the cursor by steps."""
        self.sight.move(by)
        self._moved()

    def action_zoom(self, factor: float) -> None:
        """Look closer, or at more."""
        self.sight.zoom(factor)
        self._moved()

    def action_all(self) -> None:
        """All steps."""
        self.sight.show_all()
        self._moved()

    def action_scroll(self, by: int) -> None:
        """Scroll what stands below the curves."""
        self.query_one("#about").scroll_relative(y=by, animate=False)

    def action_moment(self, direction: int) -> None:
        """To a kept moment."""
        step = neighbour(self.kept, self.sight.cursor, direction)
        if step is None:
            return self.say(f"That was the {'last' if direction > 0 else 'first'} kept moment.")
        self.sight.go_to(step)
        return self._moved()

    def action_axis(self) -> None:
        """The other axis."""
        self.logarithmic = not self.logarithmic
        self._moved()

    def action_mean(self) -> None:
        """Other means."""
        self.mean_wanted = MEANS[(MEANS.index(self.mean_wanted) + 1) % len(MEANS)]
        waits = not all(run.is_ready(self.mean_wanted) for run in self.runs)
        self.say(f"The means of {self.mean_wanted:,} steps are worked out…" if waits else "")
        self._prepare()

    def _moved(self) -> None:
        self.say("")
        self._draw()

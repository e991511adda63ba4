"""Shows the gradients lab."""

from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Static

from tuilab.labs import locks, spelling, switches
from tuilab.labs.gradients import sentences
from tuilab.labs.gradients.code import code
from tuilab.labs.gradients.spec import Gradients, GradientsView, Stretch
from tuilab.labs.trainingpanel import TrainingPanel
from tuilab.widgets.chart import Chart
from tuilab.widgets.form import SettingsScreen
from tuilab.widgets.heatmap import Heat, Heatmap, Row
from tuilab.widgets.plot import Figure, Line
from tuilab.widgets.progress import ProgressLine
from tuilab.widgets.throttle import Throttle

KEYS = {"1": "activation", "2": "init", "3": "batchnorm", "4": "clip", "5": "clip_value"}
_SWITCHED = "The next activation, initialisation, batch norm, clip of the norm, clip of each number"
SHORTEST = 200  # steps on the axis of the loss, at least
TALL = 34  # rows from which the table of switches stands below the charts


class GradientsPanel(TrainingPanel):
    """A heatmap, two charts, and what each switch has done."""

    HELP = """\
Each row is a training step, each column a layer (or, of the RNN, a time step): the norm of its gradient, before
clipping. The scale is logarithmic; a blank is nought, ! is not finite, a mark before a row says that something was
switched. The arrows move the cursor, end takes it back to the newest row.
space trains, pauses and goes on; 1 to 5 switch while it trains, u switches back; before the training they are settings.
The right chart has the gradients of the last ten steps before the newest switch and the last ten of now.
b goes back in time: the step under the cursor is taken again, with what was switched before it. Where a number is no
longer finite the training waits: switch something, or go back first, and then go on with space.
v changes between the charts and the table of all switches; r starts again with the settings of now.
Batch norm always takes the statistics of the batch. For the RNN step means: each time step its own; shared: one for
the inputs of all time steps. The layers are always there, the switch routes around them."""

    BINDINGS = [
        *(
            Binding(
                key, f"switch('{name}')", "Switch", key_display="1-5", show=key == "1", tooltip=_SWITCHED * (key == "1")
            )
            for key, name in KEYS.items()
        ),
        Binding("u", "undo", "Undo", tooltip="Switch back what was switched last"),
        Binding("s", "step", "Step", tooltip="A single training step"),
        Binding("b", "back", "Back", tooltip="Go back in time, to the step under the cursor"),
        Binding("v", "view", "View", tooltip="The charts, or the table of all switches"),
    ]
    DEFAULT_CSS = """
    GradientsPanel #charts { height: 8; }
    GradientsPanel #charts Chart { width: 1fr; }
    GradientsPanel #profile { margin-left: 1; }
    GradientsPanel #table { height: 8; display: none; }
    GradientsPanel.tabled #table { display: block; }
    GradientsPanel.tabled #charts { display: none; }
    GradientsPanel.tall #table { display: block; }
    GradientsPanel.tall #charts { display: block; height: 12; }
    """

    spec: Gradients

    def __init__(self, spec: Gradients, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.at_first: GradientsView | None = None  # the gradient before any training
        self.now = switches.in_force(spec, 0)
        self._waiting_for = 0  # switches whose answers have not come
        self._answered = False  # whether the newest event answers one
        self._drawn: GradientsView | None = None  # whose switches are told
        self.due = Throttle(self, self._redraw)

    def compose(self) -> ComposeResult:
        """The switchboard, the heatmap, the charts or the table, how far it is."""
        yield Static("", id="board", classes="line", markup=False)
        yield Heatmap(self._heat, id="heat")
        with Horizontal(id="charts"):
            yield Chart(self._loss, id="loss")
            yield Chart(self._profile, id="profile")
        yield Static("", id="table", markup=False)
        yield ProgressLine(self._progress)
        yield Static("", id="said", markup=False)

    @property
    def heat(self) -> Heatmap:
        """The heatmap."""
        return self.query_one(Heatmap)

    @property
    def view(self) -> GradientsView | None:
        """The newest view there is."""
        return self.runner.view if self.runner.step or self._is_broken else self.at_first

    @property
    def _is_broken(self) -> bool:
        return self.runner.view is not None and self.runner.view.broken is not None

    def first_focus(self) -> Any:
        """The heatmap takes the keys."""
        return self.heat

    def reload(self) -> None:
        """Show the gradient before any training."""
        super().reload()
        self.at_first, self._waiting_for, self.heat.step = None, 0, None
        self.now = switches.in_force(self.spec, 0)
        self.due(at_once=True)
        self.run_worker(self._ask(), exclusive=True)

    async def _ask(self) -> None:
        found = await self.ask(self.spec)
        if found is not None:
            self.at_first = found
            self.due(at_once=True)

    def begin(self) -> None:
        """A run is followed row by row."""
        self.heat.step = None
        self._waiting_for = 0

    def code(self) -> str:
        """The same training in plain torch, its switches thrown at the same steps."""
        return code(self.spec)

    def on_resize(self) -> None:
        """The table stands below where there is room."""
        self.set_class(self.size.height >= TALL, "tall")
        self.due(at_once=True)

    def action_switch(self, name: str) -> None:
        """Switch to the next: in the run where there is one, else in the settings."""
        self._throw(sentences.next_switch(self.now, name, self.spec))

    def action_undo(self) -> None:
        """Switch back what was switched last."""
        settings = sentences.back_from_last(self.spec, self.runner.place)
        if not settings or self.runner.state == "idle":
            return self.say("Nothing was switched in this training that could be switched back.")
        return self._throw(settings)

    def _throw(self, settings: dict[str, str]) -> None:
        run = self.runner
        if not self.allows(_with(self.now, settings), self.now):
            return None
        if run.state == "idle":
            self.spec = _with(self.spec, settings)
            self.post_message(self.Changed(self))
            return self.reload()
        if run.handle is None or run.state in ("done", "stopped", "failed"):
            return self.say(f"This run has ended, {run.state}. b goes back to the step under the cursor; r begins.")
        self.now = _with(self.now, settings)
        self._waiting_for += 1
        run.change(settings)
        return self._draw_board()  # the rest waits for what the switch does

    def action_back(self) -> None:
        """Go back to before the step under the cursor."""
        row = self.heat.chosen
        if self.runner.handle is None or row is None or row.step > self.runner.step:
            return self.say("up chooses an earlier step; b goes back to it, and it is taken again.")
        self._waiting_for += 1
        self.heat.step = None
        return self.runner.change({}, row.step - 1)

    def respelled(self, spec: Gradients) -> None:
        """A switch was thrown, or the run went back."""
        self._answered = True
        super().respelled(spec)

    def may_go_on(self) -> bool:
        """One that is no longer finite says again what can be done about it."""
        if self.runner.state != "diverged":
            return super().may_go_on()
        self.say(self._status())
        return False

    def action_step(self) -> None:
        """A single training step."""
        if self.may_go_on():
            self.runner.single_step(self.spec)

    def action_restart(self) -> None:
        """Train again from the first step, with the settings of now."""
        if self.runner.state != "idle" and self.now != self.spec and not locks.refusal_of(self.spec, self.now):
            self.spec = self.now
            self.post_message(self.Changed(self))
        super().action_restart()

    def action_view(self) -> None:
        """The charts, or the table."""
        if self.has_class("tall"):
            return self.say("Both the charts and the table of switches are on the screen.")
        self.toggle_class("tabled")
        return self.due(at_once=True)

    def action_settings(self) -> None:
        """Change the settings in a form: what can be switched is, in a run that can go on."""
        if self.runner.step and (self.runner.active or self.runner.state == "diverged"):
            self.app.push_screen(SettingsScreen(self.now), self._take_switches)
        else:
            super().action_settings()

    def _take_switches(self, spec: Any) -> None:
        if spec is None or spec == self.now:
            return
        texts = spelling.texts(spec)
        changed = {name: text for name, text in texts.items() if getattr(spec, name) != getattr(self.now, name)}
        if changed.keys() <= set(self.spec.switchable):
            self._throw(changed)
        elif self.allows(spec, self.now):
            self.open(spec)

    def on_heatmap_moved(self) -> None:
        """Say the number under the cursor."""
        self.say(self._status(), problem=self._is_a_problem)

    def run_changed(self) -> None:
        """Draw when it is due; what a switch has done at once."""
        run = self.runner
        if self._waiting_for and (self._answered or run.refusal):
            self._waiting_for -= 1
        if not self._waiting_for:
            self.now = switches.in_force(self.spec, run.place)
        self._answered = False
        if self._after_switch():
            self._tell()
            self.call_after_refresh(self.due, at_once=True)  # what is drawn comes after what is said
        else:
            self.due(at_once=run.state != "running")

    def _after_switch(self) -> bool:
        """Whether the view that has come is the first of a stretch that the drawn one does not have."""
        before = self._drawn.stretches if self._drawn is not None else ()
        return self.runner.view is not None and len(self.runner.view.stretches) != len(before)

    def _tell(self) -> None:
        """The switchboard, and what the newest switch has done."""
        self._drawn = self.runner.view
        self._draw_board()
        self.say(self._status(), problem=self._is_a_problem)

    def _redraw(self) -> None:
        self.heat.redraw()
        for chart in self.query(Chart):
            chart.changed(at_once=True)
        self.query_one(ProgressLine).changed(at_once=True)
        table = self.query_one("#table", Static)
        if self.view is not None:
            rows = sentences.table(self.view, table.size.height or 8, self.size.width - 2)
            table.update("\n".join(rows), layout=False)
        self._tell()

    def _draw_board(self) -> None:
        self.query_one("#board", Static).update(sentences.switchboard(self.now, self.size.width - 2), layout=False)

    def _heat(self) -> Heat:
        view = self.view
        rows = [Row(row.step, row.norms) for row in view.rows] if view is not None else []
        marks = [stretch.begun for stretch in view.stretches] if view is not None else []
        what = "its weights" if self.spec.network == "stack" else "the hidden state"
        return Heat(f"gradient norm of {what}, by {self.spec.place}", self.spec.place[-5:].strip(), rows, marks)

    def _loss(self) -> Figure:
        line = Line("loss", *self.runner.loss.points())
        return Figure("loss, cross-entropy (log)", "step", (line,), (0, self._until), log=True)

    @property
    def _until(self) -> int:
        """Where the axis of steps ends: it doubles, so that it seldom moves."""
        until = SHORTEST
        while until < self.runner.step:
            until *= 2
        return min(until, self.spec.steps)

    def _profile(self) -> Figure:
        stretches = self.view.stretches if self.view is not None else []
        lines = tuple(self._lines(stretches[-2:]))
        title = f"by {self.spec.place} (log)" if len(lines) > 1 else f"gradient norm by {self.spec.place} (log)"
        return Figure(title, self.spec.place, lines, (1, self.spec.places), log=True)

    def _lines(self, stretches: list[Stretch]) -> Iterator[Line]:
        names = (("before", "crosses", 3), ("now", "dots", 2))[-len(stretches) :] if stretches else ()
        for stretch, (name, look, colour) in zip(stretches, names, strict=True):
            there = [(place, norm) for place, norm in enumerate(stretch.norms, 1) if norm]
            if there:
                yield Line(name, [float(place) for place, _ in there], [norm for _, norm in there], look, colour)

    def _progress(self) -> tuple[int, int, float, bool]:
        return self.runner.step, self.spec.steps, self.runner.rate, self.runner.active

    @property
    def _is_a_problem(self) -> bool:
        return self.runner.state == "failed" or bool(self.runner.refusal)

    def _status(self) -> str:
        run, row = self.runner, self.heat.chosen
        if run.state == "failed" or run.refusal:
            return run.refusal or run.sentence + (" ctrl+r starts the worker again." * (self.port.state == "ended"))
        if self.view is None or row is None:
            return self.waiting() or "The gradient is being measured."
        number = sentences.of_number(self.spec, row.step, self.heat.column, row.values[self.heat.column])
        if run.goes_back:
            how = "From a little before it trains again, number for number; x stops it."
            return f"It goes back to step {run.until:,}.\n{how}"
        broken = self.view.broken.sentence if self.view.broken is not None else run.sentence
        if run.state == "diverged" or self.view.broken is not None:
            return f"{broken}\n{self._way_on()}"
        if run.state == "idle":
            return f"{number}\nspace trains; before that 1 to 5 change how it begins"
        told = sentences.newest(self.view)
        return f"{number}   {run.state}{f'   {run.problem}' if run.problem else ''}\n{told}"

    def _way_on(self) -> str:
        if self.runner.state == "idle":
            return "It has no gradient to begin with: 1 to 5 change how it begins."
        if self.runner.state == "diverged":
            return "Switch something (4 clips), or go back with up and b first; then space goes on. r begins anew."
        return "space goes on."


def _with(spec: Gradients, settings: dict[str, str]) -> Gradients:
    """The spec with some settings, given in their text form, in place of its own."""
    changed = spelling.build(type(spec), spelling.texts(spec) | settings)
    assert isinstance(changed, Gradients)
    return changed


PANEL = GradientsPanel

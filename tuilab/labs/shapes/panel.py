"""Shows the shapes lab: the unrolled network with an example in it, and the training, live."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Static

from tuilab.labs.momentspanel import MomentsPanel
from tuilab.labs.shapes.code import code
from tuilab.labs.shapes.figures import example_figure, measure_figure
from tuilab.labs.shapes.inside import inside
from tuilab.labs.shapes.picture import picture
from tuilab.labs.shapes.spec import (
    WITH_CLASSES,
    Attempt,
    Example,
    Shapes,
    ShapesShow,
    ShapesView,
    Stage,
    check_own,
    sample,
)
from tuilab.labs.shapes.told import TITLES, of_step, standing, which, worst_step
from tuilab.widgets.chart import Chart
from tuilab.widgets.entry import EntryScreen
from tuilab.widgets.plot import Figure, Line
from tuilab.widgets.progress import ProgressLine
from tuilab.widgets.text import put
from tuilab.widgets.throttle import Throttle

ROOM_FOR_THREE = 76  # columns


class ShapesPanel(MomentsPanel):
    """The picture above, charts below."""

    HELP = """\
The network, unrolled: a box is the recurrent layer at one time step, h its hidden state, which goes on to the right.
▲ below a box is an input, ▲ above it an output; a number in the row loss says that the loss looks there. ✗ is a wrong
output: another class, or more than 0.1 away; the first steps of a series, which nobody could know, have none.
space trains, pauses and goes on; s takes a single training step; x stops; r starts again from the seed.
Left and right go through examples that were not trained on; v changes between them as drawn and the worst first. The
full stop and the comma go to another step, which is written out below. e takes an input of your own, u goes back.
i goes into the cells with this example, at this step; an RNN (cell=rnn) of up to 8 units is unrolled as a whole.
[ and ] go through the moments of the training that was. Where the loss is a band, several steps share a column.
A decoder is given the right letters in training, and its own otherwise. f has the settings, c the torch code."""

    BINDINGS = [
        Binding("s", "step", "Step", tooltip="A single training step"),
        Binding("right", "example(1)", "Example", key_display="← →", tooltip="The next example, or the one before"),
        Binding("left", "example(-1)", "Example before", show=False, tooltip="The example before"),
        Binding("v", "order", "Worst", tooltip="Change between the examples as drawn and the worst first"),
        Binding("full_stop", "time(1)", "Time", key_display=". ,", tooltip="The next time step, or the one before (,)"),
        Binding("comma", "time(-1)", "Time back", show=False, tooltip="The time step before"),
        Binding("e", "own", "Own", tooltip="Put in a series, a number or a word of your own"),
        Binding("u", "undo", "Undo", show=False, tooltip="Back from your own input to the examples"),
        Binding("i", "inside", "Inside", tooltip="Into the network with this example, in the cell or the unroll lab"),
    ]
    DEFAULT_CSS = """
    ShapesPanel #title { text-style: bold; }
    ShapesPanel #picture { height: auto; }
    ShapesPanel #charts { height: 1fr; }
    ShapesPanel #charts Chart { width: 1fr; }
    ShapesPanel #measure, ShapesPanel #example { margin-left: 1; }
    ShapesPanel #charts .away { display: none; }
    """

    can_focus = True
    spec: Shapes
    question = Stage

    def __init__(self, spec: Shapes, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.due = Throttle(self, self._redraw)
        self.fresh: ShapesView | None = None  # before the first step
        self.own: Example | None = None
        self.asked_at = 0  # the step of the network that the own input was last put to
        self.order, self.place = "drawn", 0
        self.at: int | None = None  # the time step; None is the worst

    def compose(self) -> ComposeResult:
        """The picture, the charts, how far it is."""
        yield Static("", id="title", classes="line", markup=False)
        yield Static("", id="which", classes="line", markup=False)
        yield Static("", id="picture", markup=False)
        with Horizontal(id="charts"):
            yield Chart(self._loss, id="loss")
            yield Chart(self._measure, id="measure")
            yield Chart(self._example, id="example")
        yield ProgressLine(self._progress)
        yield Static("", id="said", markup=False)

    def first_focus(self) -> Any:
        """The panel itself takes the keys."""
        return self

    def open(self, spec: Shapes, show: ShapesShow | None = None) -> None:  # type: ignore[override]
        """Show a spec, at an example."""
        show = show or ShapesShow()
        self.order, self.place, self.at, self.own, self.fresh = show.order, show.example, None, None, None
        super().open(spec, show)

    def reload(self) -> None:
        """Show the network before its training; a run that was there ends."""
        self.moment = self.own = None
        super().reload()
        self.due(at_once=True)
        self.run_worker(self._ask_fresh(self.spec), exclusive=True)

    async def _ask_fresh(self, spec: Shapes) -> None:
        fresh = await self.ask(spec)
        if fresh is not None and spec == self.spec:
            self.fresh = fresh
            self.due(at_once=True)

    @property
    def view(self) -> ShapesView | None:
        """The network that is looked at."""
        return self.moment or self.runner.view or self.fresh

    @property
    def shown(self) -> Example | None:
        """The example in the picture."""
        view = self.view
        if view is None:
            return None
        there = view.worst if self.order == "worst" else view.examples
        return self.own or there[self.place % len(there)]

    @property
    def time(self) -> int:
        """The step that is marked."""
        example, view = self.shown, self.view
        if example is None or view is None:
            return 0
        return worst_step(example, view.unknown) if self.at is None else min(self.at, len(example.steps) - 1)

    def code(self) -> str:
        """The same training in plain torch."""
        return code(self.spec)

    def action_step(self) -> None:
        """Take one training step and wait."""
        if self.may_go_on():
            self.runner.single_step(self.spec)

    def action_example(self, direction: int) -> None:
        """Another example."""
        view = self.view
        if view is not None:
            self.own, self.at = None, None
            self.place = (self.place + direction) % len(view.examples)
            self.due(at_once=True)

    def action_order(self) -> None:
        """As drawn, or the worst first."""
        self.order = "drawn" if self.order == "worst" else "worst"
        self.own, self.at, self.place = None, None, 0
        self.due(at_once=True)

    def action_time(self, direction: int) -> None:
        """Another time step."""
        example = self.shown
        if example is not None:
            self.at = max(0, min(len(example.steps) - 1, self.time + direction))
            self.due(at_once=True)

    def action_own(self) -> None:
        """Type an input."""
        if self.runner.step == 0 or self.runner.handle is None:
            return self.say("The network has learned nothing yet: train first, with space; then e takes your input.")
        form = self.spec.form
        asked = {"encdec": "A word, of the letters a to z", "vec2seq": "How often? It was trained on 1 to 3"}
        question = f"{asked.get(form, 'A series of numbers')}, like {sample(form)}"
        before = self.own.own if self.own else ""

        def take(text: str | None) -> None:
            if text is not None:
                self.run_worker(self._attempt(text), group="own")

        self.app.push_screen(EntryScreen(question, before, lambda text: check_own(form, text)), take)
        return None

    async def _attempt(self, text: str) -> None:
        handle = self.runner.handle
        found = await self.ask(Attempt(own=text, at=self.moment.step if self.moment else -1), handle)
        if found is not None and handle is self.runner.handle:
            if self.own is None or self.own.own != text:
                self.at = None
            self.own = found
            self.due(at_once=True)

    def action_undo(self) -> None:
        """Back to the examples."""
        if self.own is None:
            return self.say("There is nothing of your own here to take back.")
        self.own = self.at = None
        self.due(at_once=True)
        return None

    def action_inside(self) -> None:
        """Into the cells, with this example."""
        handle, example = self.runner.handle, self.shown
        if handle is None or self.runner.step == 0 or example is None:
            return self.say("There is no trained network to look into yet: train first, with space.")
        if self.runner.state == "running":
            self.runner.toggle(self.spec)
        if not handle.name:
            return self.say(self.runner.problem or "The network is being saved; press i again in a moment.")
        at = self.moment.step if self.moment else -1
        self.post_message(self.Wanted(*inside(self.spec, example, self.time, handle.name, at)))
        return None

    def begin(self) -> None:
        """A new run has said nothing to the learner's own input yet."""
        super().begin()
        self.own = None

    def on_resize(self) -> None:
        """As many steps and charts as there is room for."""
        self.due(at_once=True)

    def run_changed(self) -> None:
        """Draw when it is due; what was typed is put to the network as it is now."""
        self.due(at_once=self.runner.state != "running")
        now = self.runner.view.step if self.runner.view else 0
        if self.own is not None and self.moment is None and self.runner.handle is not None and now != self.asked_at:
            self.asked_at = now
            self.run_worker(self._attempt(self.own.own), group="own")

    def _redraw(self) -> None:
        view, example, width = self.view, self.shown, max(20, self.size.width)
        if view is not None and example is not None:
            how = "worst first" if self.order == "worst" else "as drawn"
            place = f"{self.place + 1} of {len(view.examples)} {how}"
            put(self.query_one("#title", Static), TITLES[view.form])
            put(self.query_one("#which", Static), which(example, place))
            rows = picture(example, self.time, width, view.unknown)
            put(self.query_one("#picture", Static), "\n".join(rows))
        self.query_one("#example").set_class(self.spec.form == "encdec", "away")
        self.query_one("#measure").set_class(width < ROOM_FOR_THREE and self.spec.form != "encdec", "away")
        for chart in self.query(Chart):
            chart.changed(at_once=True)
        self.query_one(ProgressLine).changed(at_once=True)
        self.say(self._status(), problem=self.runner.state in ("diverged", "failed"))

    def _progress(self) -> tuple[int, int, float, bool]:
        return self.runner.step, self.spec.steps, self.runner.rate, self.runner.active

    def _status(self) -> str:
        run, view, example = self.runner, self.view, self.shown
        if run.sentence:
            return run.sentence + (" ctrl+r starts the worker again." if self.port.state == "ended" else "")
        if view is None or example is None:
            return self.waiting()
        now = f"after {self.moment.step:,} steps" if self.moment else run.state if run.step else "space trains"
        return f"{of_step(example, self.time)}\n{run.problem or f'{now}   {standing(view)}'}"

    def _loss(self) -> Figure:
        line = Line("loss", *self.runner.loss.points())
        what = "cross-entropy" if self.spec.form in WITH_CLASSES else "mean squared error"
        return Figure(f"loss, {what} (log)", "step", (line,), (0, self.spec.steps), log=True)

    def _measure(self) -> Figure:
        return measure_figure(self.spec, self.runner.view)

    def _example(self) -> Figure:
        return example_figure(self.spec.form, self.shown)


PANEL = ShapesPanel

"""Shows the forecast lab: training, live."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import ContentSwitcher, Static

from tuilab.labs import locks
from tuilab.labs.cell.spec import Cell
from tuilab.labs.forecast import owncharts, told
from tuilab.labs.forecast.code import code
from tuilab.labs.forecast.dataspec import DataForecast
from tuilab.labs.forecast.generating import Generating
from tuilab.labs.forecast.genspec import Generate
from tuilab.labs.forecast.owncode import own_code
from tuilab.labs.forecast.report import Report
from tuilab.labs.forecast.spec import AnyForecast, Forecast, ForecastView, Moment
from tuilab.labs.forecast.verdict import amount
from tuilab.labs.momentspanel import MomentsPanel
from tuilab.labs.newest import Newest
from tuilab.widgets.chart import Chart
from tuilab.widgets.plot import Figure, Line
from tuilab.widgets.progress import ProgressLine
from tuilab.widgets.spelled import SpelledScreen
from tuilab.widgets.throttle import Throttle

_FOUND = {"data", "season", "length", "held", "validation"}  # settings that the line on what was found tells


class ForecastPanel(MomentsPanel):
    """Loss, gradient norm, and prediction beside truth, while the network trains."""

    HELP = """\
space trains, pauses and goes on; s takes a single training step; x stops; r starts again from the seed.
The loss is the mean squared error of one batch, before its update; the gradient norm is measured before clipping.
The lower chart shows a stretch that was not trained on: each dot was said from the true points before it.
[ and ] go back and forth through the moments of the training that was: the lower chart shows the network of then.
g lets the network go on by itself, its own predictions fed back; i goes into its cells. f changes any setting; c shows
the torch code.
With data=FILE.csv, or data=milk, in the settings the series is one of your own: its last rows are held out, forecast
one step ahead and free running, and held against the naive forecasts: the last value, and that of a season before."""

    BINDINGS = [
        Binding("s", "step", "Step", tooltip="A single training step"),
        Binding("i", "inside", "Inside", tooltip="Into one unit of the trained network: the cell lab"),
        Binding("g", "generate", "Generate", tooltip="Let the trained network go on by itself"),
        Binding("pagedown", "read(1)", "Scroll", key_display="pgup pgdn", tooltip="Scroll the lines below the charts"),
        Binding("pageup", "read(-1)", "Scroll back", show=False, tooltip="Scroll the lines below the charts"),
    ]
    DEFAULT_CSS = """
    ForecastPanel ContentSwitcher { height: 1fr; }
    ForecastPanel #training { height: 1fr; }
    ForecastPanel #curves { height: 1fr; }
    ForecastPanel #curves Chart { width: 1fr; }
    ForecastPanel #norm { margin-left: 1; }
    ForecastPanel #told { height: auto; max-height: 6; scrollbar-size-vertical: 1; }
    ForecastPanel.own #told { max-height: 45%; }
    ForecastPanel.own #said { max-height: 100vh; }
    """

    can_focus = True
    spec: AnyForecast
    question = Moment

    def __init__(self, spec: Forecast, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.due = Throttle(self, self._redraw)  # one for all, so that they go out in one frame
        self.newest = Newest(self._generate)
        self.plan: Report | None = None  # of a series of one's own, before there is a network

    def compose(self) -> ComposeResult:
        """Three charts and a progress line; or what is generated."""
        with ContentSwitcher(initial="training"):
            with Vertical(id="training"):
                with Horizontal(id="curves"):
                    yield Chart(lambda: self.loss_figure(self.spec.steps), id="loss")
                    yield Chart(lambda: owncharts.whole(self.report) if self.is_own else self._norm(), id="norm")
                yield Chart(self._window, id="window")
            yield Generating(id="generating")
        yield ProgressLine(self._progress)
        with VerticalScroll(id="told", can_focus=False):
            yield Static("", id="said", markup=False)

    def on_mount(self) -> None:
        """Name the keys that scroll where there is something to scroll."""
        for lines in self.query("#told"):
            self.watch(lines, "show_vertical_scrollbar", self.refresh_bindings, init=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Lines that are all in sight do not scroll."""
        if action == "read":
            return any(lines.show_vertical_scrollbar for lines in self.query("#told"))
        return super().check_action(action, parameters)

    def action_read(self, direction: int) -> None:
        """Go on in the lines below the charts, or back."""
        lines = self.query_one("#told")
        (lines.scroll_page_down if direction > 0 else lines.scroll_page_up)(animate=False)

    def first_focus(self) -> Any:
        """The panel itself takes the keys."""
        return self if self._training else self.query_one(Generating)

    @property
    def _training(self) -> bool:
        return self.query_one(ContentSwitcher).current == "training"

    def open_for_page(self, spec: Any, show: Any = None) -> None:
        """Another page begins with the usual prompt and chart, whatever was chosen on the one before."""
        self.query_one(Generating).forget()
        super().open_for_page(spec, show)

    def reload(self) -> None:
        """Wait for the learner to start; a run that was there ends."""
        self.moment = self.plan = None
        super().reload()
        self.set_class(self.is_own, "own")
        self.show_training()
        if self.is_own:
            self.run_worker(self._look_at_series(), exclusive=True, group="plan")

    async def _look_at_series(self) -> None:
        spec = self.spec
        plan = await self.ask(spec)
        if plan is not None and spec == self.spec:
            self.plan = plan.data
            self.due(at_once=True)

    @property
    def is_own(self) -> bool:
        """Whether the series is the learner's own."""
        return isinstance(self.spec, DataForecast)

    @property
    def report(self) -> Report | None:
        """What there is to say of a series of one's own, as it is or at the moment that is looked at."""
        view = self._view
        return view.data if view is not None else self.plan

    @property
    def _view(self) -> ForecastView | None:
        view: ForecastView | None = self.moment.view if self.moment else self.runner.view
        return view if self.runner.step or self.moment else None  # before the first step it has learned nothing

    def code(self) -> str:
        """The same training in plain torch, and what is generated on the screen."""
        if isinstance(self.spec, Forecast):
            return code(self.spec, None if self._training else self.query_one(Generating).question)
        return own_code(self.spec, self.report) if self.report is not None else ""

    def action_train(self) -> None:
        """Train, pause, go on."""
        self.show_training()
        super().action_train()

    def action_step(self) -> None:
        """Take one training step and wait."""
        self.show_training()
        if self.may_go_on():
            self.runner.single_step(self.spec)

    def action_restart(self) -> None:
        """Train again from the first step."""
        self.show_training()
        super().action_restart()

    def action_spelling(self) -> None:
        """Copy the line that opens this; of what was generated, the line that trains and generates it."""
        if self._training or locks.secret(self.spec, ""):
            return super().action_spelling()
        try:
            self.app.push_screen(SpelledScreen(*self.query_one(Generating).line()))
        except ValueError as error:
            self.say(str(error), problem=True)
        return None

    def action_inside(self) -> None:
        """Into the cells of the network."""
        handle = self.runner.handle
        if handle is None or self.runner.step == 0:
            return self.say("There is no trained network to look into yet: train first, with space.")
        if self.runner.state == "running":
            self.runner.toggle(self.spec)
        if not handle.name:
            return self.say(self.runner.problem or "The network is being saved; press i again in a moment.")
        window = self.report.length if self.report is not None else self.spec.length
        at, length = self.moment.step if self.moment else -1, min(window, 200)
        self.post_message(self.Wanted(Cell(model=handle.name, at=at, length=length, t=length // 2)))
        return None

    def action_generate(self) -> None:
        """Go to the generated series."""
        if self.runner.step == 0:
            return self.say("There is nothing to generate from yet: train first, with space.")
        if self.runner.handle is None:
            return self.say("The network went with its worker. r trains it anew; then g generates.")
        if self.runner.state == "running":
            self.runner.toggle(self.spec)
        self._turn("generating")
        self._generate_now()
        self.query_one(Generating).focus()
        return None

    def _generate_now(self) -> None:
        """Generate from the network of the moment that is looked at."""
        at = self.moment.step if self.moment else -1
        self.query_one(Generating).use(self.spec, self.report if self.is_own else None, at)

    async def _look_at(self, direction: int) -> None:
        await super()._look_at(direction)
        if not self._training:
            self._generate_now()

    def on_generating_asked(self, event: Generating.Asked) -> None:
        """Ask the worker to generate."""
        self.run_worker(self.newest.want(event.question), group="generate")

    async def _generate(self, question: Generate) -> None:
        handle = self.runner.handle
        generated = await self.ask(question, handle)
        if handle is not self.runner.handle or self.runner.view is None:
            return
        generating = self.query_one(Generating)
        generating.show(question, generated)
        if generated is not None and not self._training:
            self.say("\n".join(generating.said()))

    def on_generating_left(self) -> None:
        """Back to the training."""
        self.show_training()
        self.focus()

    def show_training(self) -> None:
        """Show the training charts; the panel takes the keys of what is hidden."""
        if self.query_one(Generating).has_focus:
            self.screen.set_focus(self)
        self._turn("training")
        self.due(at_once=True)

    def _turn(self, side: str) -> None:
        self.query_one(ContentSwitcher).current = side
        self.query_one(ProgressLine).display = side == "training"

    def run_changed(self) -> None:
        """Tell the charts and lines that there is something new; they draw when they are due."""
        self.due(at_once=self.runner.state != "running")

    def _redraw(self) -> None:
        for chart in self.query_one("#training").query(Chart):
            chart.changed(at_once=True)
        self.query_one(ProgressLine).changed(at_once=True)
        self.say(self._status(), problem=self.runner.state in ("diverged", "failed"))

    def _progress(self) -> tuple[int, int, float, bool]:
        return self.runner.step, self.spec.steps, self.runner.rate, self.runner.active

    def _status(self) -> str:
        run = self.runner
        settings = run.problem or self.shown_settings("seed", "lr", "clip")
        if run.sentence:
            return run.sentence + (" ctrl+r starts the worker again." if self.port.state == "ended" else "")
        if self.is_own:
            return self._own_status(settings)
        if run.state == "idle":
            return f"space trains\n{settings}"
        if run.last_loss is None:
            return f"{self.waiting() or f'{run.state}: the first step is still to come'}\n{settings}"
        if self.moment is not None:
            then = f"after {self.moment.step:,} of {run.step:,} steps   held out {self.moment.view.held_out_loss:.3g}"
            return f"{then}\n[ and ] go through the moments of this training; {settings}"
        held_out = f"   held out {run.view.held_out_loss:.3g}" if run.view else ""
        return f"{run.state}   loss {run.last_loss:.3g}   gradient norm {run.last_norm:.3g}{held_out}\n{settings}"

    def _own_status(self, settings: str) -> str:
        """The training in a line, the errors, whether it beats the naive forecasts, and what was found in the table."""
        run, report = self.runner, self.report
        if report is None:
            return self.waiting() or (f"{run.state}: the first step is still to come" if run.active else "Reading…")
        step = f"   after {self.moment.step:,} of {run.step:,} steps" if self.moment is not None else ""
        validation = f"   validation {amount(report.validation)} {report.column}" if report.validation else ""
        trains = f"{run.state}   loss {run.last_loss:.3g}{validation}{step}" if run.last_loss is not None else ""
        first = trains or f"space trains   {settings}"
        about = [] if trains or _FOUND & {*locks.hidden(self.spec)} else [told.found(report)]
        lines = [first, *told.table(report), report.verdict, *report.notes, *about]
        return "\n".join(line for line in lines if line)

    def _norm(self) -> Figure:
        line = Line("gradient norm", *self.runner.gradient_norm.points(), colour=2)
        levels = (("clip", self.spec.clip),) if self.spec.clip else ()
        return Figure("gradient norm (log)", "step", (line,), (0, self.spec.steps), log=True, levels=levels)

    def _window(self) -> Figure:
        if not isinstance(self.spec, Forecast):
            return owncharts.held_out(self.report, self._view, self.moment.step if self.moment else None)
        view: ForecastView | None = self.moment.view if self.moment else self.runner.view
        title = "held-out stretch, one step ahead"
        if self.moment is not None:
            title = f"held-out stretch, after {self.moment.step:,} steps"
        if view is None:
            return Figure(title, "x", y_range=(-1.2, 1.2), x_range=(self.spec.end, self.spec.end + 6))
        truth = Line("truth", view.x, view.truth)
        predicted = Line("prediction", view.x, view.predicted, "dots", 2)
        return Figure(title, "x", (truth, predicted), (view.x[0], view.x[-1]), (-1.2, 1.2))


PANEL = ForecastPanel

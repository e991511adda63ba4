"""Shows the words lab: word2vec while it learns."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Static

from tuilab.labs.locks import hidden
from tuilab.labs.momentspanel import MomentsPanel
from tuilab.labs.neighbours.spec import Neighbours
from tuilab.labs.word2vec import MODELS
from tuilab.labs.words.code import code
from tuilab.labs.words.spec import Watch, Words, WordsView
from tuilab.labs.words.table import judged_lines, watched_table
from tuilab.widgets.chart import Chart
from tuilab.widgets.plot import Figure, Line
from tuilab.widgets.progress import ProgressLine
from tuilab.widgets.text import put
from tuilab.widgets.throttle import Throttle


class WordsPanel(MomentsPanel):
    """The loss, how good the vectors are, and what some words are near to."""

    HELP = """\
space trains, pauses and goes on; s takes a single step, some thousand words of the text; x stops; r starts again.
The loss is that of a pair with its noise words: 4.16 where nothing is known and there are five of them. Analogies are
the share that come out right, with the words asked with left out; similarity is the rank correlation with what people
(or the makers of the language) say.
i looks words up in the vectors as they are now; before a training, in those of the newest one that is kept.
[ and ] go back and forth through the moments of the training: the words show what they were near to then.
f changes any setting, the words that are watched too; with seeds=3 three trainings go side by side, which differ in
their random numbers alone: (3) behind a neighbour says that all three have it. c shows the torch code."""

    BINDINGS = [
        Binding("s", "step", "Step", tooltip="A single training step"),
        Binding("i", "inside", "Inside", tooltip="Look words up in these vectors: the neighbours lab"),
    ]
    DEFAULT_CSS = """
    WordsPanel #curves { height: 1fr; }
    WordsPanel #curves Chart { width: 1fr; }
    WordsPanel #good { margin-left: 1; }
    WordsPanel #watched { height: auto; max-height: 8; }
    WordsPanel #relations { height: auto; max-height: 2; margin-top: 1; }
    """

    can_focus = True
    spec: Words
    question = Watch

    def __init__(self, spec: Words, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.due = Throttle(self, self._redraw)

    def compose(self) -> ComposeResult:
        """Two charts, the watched words, how many analogies come out, how far it is."""
        with Horizontal(id="curves"):
            yield Chart(self._loss, id="loss")
            yield Chart(self._good, id="good")
        yield Static("", id="watched", markup=False)
        yield Static("", id="relations", markup=False)
        yield ProgressLine(self._progress)
        yield Static("", id="said", markup=False)

    def first_focus(self) -> Any:
        """The panel itself takes the keys."""
        return self

    def reload(self) -> None:
        """Wait for the learner to start; a run that was there ends."""
        self.moment = None
        super().reload()
        self.due(at_once=True)

    def code(self) -> str:
        """The same training in plain torch."""
        return code(self.spec)

    def action_step(self) -> None:
        """Take one training step and wait."""
        if self.may_go_on():
            self.runner.single_step(self.spec)

    def action_inside(self) -> None:
        """Look words up in the vectors; where nothing was trained here, in those of the newest training there is."""
        handle = self.runner.handle
        if handle is None and not self.runner.sentence:
            self.post_message(self.Wanted(Neighbours()))
            return None
        if handle is None or self.runner.step == 0:
            there = self.runner.sentence  # why there is no training
            return self.say(there or "There are no vectors yet: the training has not begun.", bool(there))
        if self.runner.state == "running":
            self.runner.toggle(self.spec)
        if not handle.name:
            return self.say(self.runner.problem or "The vectors are being saved; press i again in a moment.")
        view = self.runner.view
        word = next((each.word for each in view.watched if each.neighbours), "") if view else ""
        self.post_message(self.Wanted(Neighbours(word=word, vectors=handle.name)))
        return None

    def on_resize(self) -> None:
        """As many neighbours as there is room for."""
        self.due(at_once=True)

    def run_changed(self) -> None:
        """Draw when it is due."""
        self.due(at_once=self.runner.state != "running")

    def _redraw(self) -> None:
        for chart in self.query(Chart):
            chart.changed(at_once=True)
        self.query_one(ProgressLine).changed(at_once=True)
        view, width = self.moment or self.runner.view, max(20, self.size.width - 2)
        put(self.query_one("#watched", Static), watched_table(view.watched, width) if view else "")
        put(self.query_one("#relations", Static), judged_lines(view, width) if view else "")
        self.say(self._status(), problem=self.runner.state in ("diverged", "failed"))

    def _progress(self) -> tuple[int, int, float, bool]:
        return self.runner.step, self._steps, self.runner.rate, self.runner.active

    @property
    def _steps(self) -> int:
        """How many there will be; 0 until the text has been counted."""
        view: WordsView | None = self.runner.view
        return self.spec.epochs * -(-view.text // view.stretch) if view else 0

    def _status(self) -> str:
        run, view = self.runner, self.runner.view
        spec = self.spec
        told = {"model": MODELS[spec.model], "dimensions": f"{spec.dimensions} dimensions", "seed": f"seed {spec.seed}"}
        settings = run.problem or "   ".join(text for name, text in told.items() if name not in hidden(spec))
        if view is not None and view.stability is not None and not run.problem:
            last = spec.seed + spec.seeds - 1
            settings = f"seeds {spec.seed} to {last}: two share {100 * view.stability:.0f} % of the nearest"
        if run.sentence:
            return run.sentence + (" ctrl+r starts the worker again." if self.port.state == "ended" else "")
        if run.state == "idle":
            return f"space trains{'' if 'corpus' in hidden(spec) else f' on {spec.corpus}'}\n{settings}"
        if view is None:
            return f"{self.waiting() or 'The text is being read and counted.'}\n{settings}"
        if self.moment is not None:
            return f"after {self.moment.step:,} of {run.step:,} steps\n[ and ] go through the moments of this training"
        rate = f"{view.read / run.seconds:,.0f} words/s   " if run.seconds and view.read else ""
        loss = f"loss {run.last_loss:.3g}   gradient norm {run.last_norm:.3g}   " if run.last_loss is not None else ""
        return f"{run.state}   {loss}{rate}lr {view.lr:.3g}\n{view.words:,} words, text of {view.text:,}   {settings}"

    @property
    def _extent(self) -> tuple[float, float]:
        return 0, max(1, self._steps)

    def _loss(self) -> Figure:
        line = Line("loss", *self.runner.loss.points())
        return Figure("loss of a pair and its noise", "step", (line,), self._extent, counted=True)

    def _good(self) -> Figure:
        judged = self.runner.view.judged if self.runner.view else []
        analogies = [(each.step, each.analogies) for each in judged if each.analogies is not None]
        similar = [(each.step, each.similarity) for each in judged if each.similarity is not None]
        lines = [
            Line(name, [at for at, _ in points], [value for _, value in points], look, colour)
            for name, points, look, colour in (("analogies", analogies, "line", 1), ("similarity", similar, "dots", 2))
            if points
        ]
        title = "how good" if lines or not judged else "how good: this text has no questions"
        least = min([0.0, *(value for _, value in similar)])
        return Figure(title, "step", tuple(lines), self._extent, (least, 1), counted=True)


PANEL = WordsPanel

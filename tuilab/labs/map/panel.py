"""Shows the map lab."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Static

from tuilab.labs.map.canvas import MapCanvas
from tuilab.labs.map.code import code
from tuilab.labs.map.drawing import Looked, in_lines, legend
from tuilab.labs.map.sentences import of_doubt, of_map, of_word, place_of
from tuilab.labs.map.spec import Map, MapView, Picture, Positions
from tuilab.labs.momentspanel import MomentsPanel
from tuilab.labs.neighbours.spec import Neighbours
from tuilab.widgets.bars import printable
from tuilab.widgets.entry import EntryScreen
from tuilab.widgets.progress import ProgressLine
from tuilab.widgets.throttle import Throttle

ROOMY = 96  # columns from which the word's neighbours stand beside the map


class MapPanel(MomentsPanel):
    """Words as points, and what is true of them."""

    HELP = """\
Each point is a word. PCA is there at once; space lets t-SNE run, pauses and goes on; s takes one iteration; r begins
anew; v changes between the two maps; [ and ] go through the moments of the run.
The arrows go from word to word (@), shift and an arrow moves the map, + and - enlarge it around the word, 0 shows all;
e takes a word to go to; i looks the word up in the neighbours lab.
Digits are groups of words; ! is a torn word: its nearest neighbour is far from it here.
The map is stretched to fill the screen. What it does not say: how far apart two groups are, how large or how dense one
is. Trust it as far as the share of true neighbours that it keeps."""

    BINDINGS = [
        Binding("s", "step", "Step", tooltip="A single iteration of t-SNE"),
        Binding("v", "other", "View", tooltip="The other map of the two: PCA, t-SNE"),
        Binding("e", "word", "Word", tooltip="Type a word to go to"),
        Binding("i", "inside", "Inside", tooltip="Look the word up: the neighbours lab"),
    ]
    DEFAULT_CSS = """
    MapPanel #sheet { height: 1fr; }
    MapPanel MapCanvas { width: 1fr; }
    MapPanel #beside { width: 30; padding-left: 2; display: none; }
    MapPanel.roomy #beside { display: block; }
    MapPanel #legend { height: auto; max-height: 2; color: $text-muted; }
    MapPanel #word { height: 3; }
    MapPanel.roomy #word { height: 1; }
    """

    spec: Map
    question = Positions
    nothing_yet = "There is no run to go through yet: space lets t-SNE run."

    def __init__(self, spec: Map, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.at_once: MapView | None = None  # the map by PCA, before t-SNE runs
        self.by_pca = False  # whether that is wanted although there is one by t-SNE
        self.is_refused = False  # whether there is no map, and the reason stands on the panel
        self.due = Throttle(self, self._redraw)

    def compose(self) -> ComposeResult:
        """Whose vectors, the map, the word under the cursor, what the digits mean, how far t-SNE is."""
        yield Static("", id="head", classes="line", markup=False)
        with Horizontal(id="sheet"):
            yield MapCanvas(self._shown)
            yield Static("", id="beside", markup=False)
        yield Static("", id="word", markup=False)
        yield Static("", id="legend", markup=False)
        yield ProgressLine(self._progress)
        yield Static("", id="said", markup=False)

    @property
    def canvas(self) -> MapCanvas:
        """The map itself."""
        return self.query_one(MapCanvas)

    @property
    def view(self) -> MapView | None:
        """The newest view there is, or the one of the moment that is looked at."""
        return self.moment or self.runner.view or self.at_once

    def first_focus(self) -> Any:
        """The map takes the keys."""
        return self.canvas

    def reload(self) -> None:
        """Show the map by PCA, and wait for the learner to let t-SNE run."""
        super().reload()
        self.at_once = self.moment = None
        self.is_refused = False
        self.canvas.cursor = 0
        self.due(at_once=True)
        self.run_worker(self._ask(), exclusive=True)

    async def _ask(self) -> None:
        self.at_once = await self.ask(self.spec)
        self.is_refused = self.at_once is None
        if self.at_once is not None:
            self.canvas.cursor = next((group.words[0] for group in self.at_once.groups), 0)
            self.due(at_once=True)

    def begin(self) -> None:
        """t-SNE is to be seen, from its beginning."""
        self.by_pca, self.moment = False, None

    def run_name(self) -> str:
        """The run whose vectors they are."""
        return self.view.source.run if self.view is not None else ""

    def code(self) -> str:
        """Both maps in a few lines."""
        return code(self.spec, self.view) if self.view is not None else ""

    def action_step(self) -> None:
        """A single iteration."""
        if self.may_go_on():
            self.moment = None
            self.runner.single_step(self.spec)

    def action_train(self) -> None:
        """Let t-SNE run, pause, go on; the map as it is is seen again."""
        if not self.runner.ended:
            self.moment = None
        super().action_train()

    def action_inside(self) -> None:
        """Look the word up."""
        if self.view is not None:
            whose = self.run_name() or self.spec.vectors
            self.post_message(self.Wanted(Neighbours(word=self.view.words[self.canvas.cursor], vectors=whose)))

    def action_other(self) -> None:
        """The other map."""
        if self.view is None or self.view.tsne is None:
            return self.say("There is no map by t-SNE yet: space lets it run.")
        self.by_pca = not self.by_pca
        return self.due(at_once=True)

    def action_word(self) -> None:
        """Ask for a word, and go to it."""
        if self.view is not None:
            self.app.push_screen(EntryScreen("Go to the word", "", self._find), self._go_to)

    def _find(self, text: str) -> int:
        assert self.view is not None
        return place_of(self.view, text)

    def _go_to(self, text: str | None) -> None:
        if text is not None:
            self.canvas.go_to(self._find(text))

    def on_map_canvas_moved(self) -> None:
        """Say what is true of the word."""
        self.due(at_once=True)

    def on_resize(self) -> None:
        """Neighbours beside the map where there is room."""
        self.set_class(self.size.width >= ROOMY, "roomy")
        self.due(at_once=True)

    def run_changed(self) -> None:
        """Draw when it is due."""
        self.due(at_once=self.runner.state != "running")

    def _shown(self) -> Looked | None:
        view = self.view
        if view is None:
            return None
        return Looked(view, view.pca if self.by_pca or view.tsne is None else view.tsne)

    def _redraw(self) -> None:
        found = self._shown()
        if found is not None and self.canvas.cursor >= len(found.view.words):
            self.canvas.cursor = 0
        self.canvas.redraw()
        progress = self.query_one(ProgressLine)
        progress.visible = found is not None and found.picture is found.view.tsne  # PCA has no iterations
        progress.changed(at_once=True)
        if found is not None:
            self._tell(*found)
        if found is not None or not self.is_refused:
            self.say(self._status(), problem=self.runner.state in ("diverged", "failed"))

    def _tell(self, view: MapView, picture: Picture) -> None:
        """Say what is true of the word under the cursor."""
        heading, near = of_word(view, picture, self.canvas.cursor)
        heading, near = printable(heading), list(map(printable, near))
        doubt = printable(of_doubt(view, picture, self.canvas.cursor))
        lines = in_lines(near, self.size.width - 2, 1 if doubt else 2)
        narrow = "" if self.has_class("roomy") else "\n".join([heading, *lines, doubt])
        self.query_one("#beside", Static).update("\n".join([heading, "", *near, "", doubt]))
        self.query_one("#word", Static).update(narrow)
        self.query_one("#legend", Static).update(legend(view))
        self.query_one("#head", Static).update(printable(view.source.told))

    def _progress(self) -> tuple[int, int, float, bool]:
        return self.runner.step, self.spec.iterations, self.runner.rate, self.runner.active

    def _status(self) -> str:
        run, found = self.runner, self._shown()
        if run.sentence:
            return run.sentence
        if found is None:
            return self.waiting() or "The words are being looked up."
        view, picture = found
        by_pca = picture is view.pca
        return f"{of_map(view, picture, 'PCA' if by_pca else 't-SNE')}\n{self._second(view, by_pca)}"

    def _second(self, view: MapView, by_pca: bool) -> str:
        """The line below how true the map is."""
        run = self.runner
        if run.problem:
            return run.problem
        if self.moment is not None:
            return f"after {view.step:,} of {run.step:,} iterations   [ and ] go through the moments of this run"
        if by_pca:
            told = f"its two axes tell {100 * view.variance:.0f} % of the variance"
            return told if view.tsne else f"{told}   space lets t-SNE run"
        measured = f"KL divergence {run.last_loss:.3g}   " if run.last_loss is not None else ""
        return f"{run.state}   {measured}group sizes and distances say nothing"


PANEL = MapPanel

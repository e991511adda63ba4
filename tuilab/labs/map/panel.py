"""Shows the map lab."""

from difflib import get_close_matches
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Static

from tuilab.labs.map.canvas import MapCanvas
from tuilab.labs.map.code import code
from tuilab.labs.map.drawing import Looked, legend
from tuilab.labs.map.sentences import of_doubt, of_map, of_word, on_one_line
from tuilab.labs.map.spec import Map, MapView
from tuilab.labs.trainingpanel import TrainingPanel
from tuilab.widgets.entry import EntryScreen
from tuilab.widgets.progress import ProgressLine
from tuilab.widgets.throttle import Throttle

ROOMY = 96  # columns from which the word's neighbours stand beside the map


class MapPanel(TrainingPanel):
    """Words as points, and what is true of them."""

    HELP = """\
Each point is a word. PCA is there at once; space lets t-SNE run, pauses and goes on; s takes one iteration; r begins
anew; v changes between the two maps.
The arrows go from word to word (@), shift and an arrow moves the map, + and - enlarge it around the word, 0 shows all;
e takes a word to go to. Digits are groups of words; ! is a torn word: its nearest neighbour is far from it here.
The map is stretched to fill the screen. What it does not say: how far apart two groups are, how large or how dense one
is. Trust it as far as the share of true neighbours that it keeps."""

    BINDINGS = [
        Binding("s", "step", "Step", tooltip="A single iteration of t-SNE"),
        Binding("v", "other", "PCA/t-SNE", tooltip="The other map of the two"),
        Binding("e", "word", "Word", tooltip="Type a word to go to"),
    ]
    DEFAULT_CSS = """
    MapPanel #sheet { height: 1fr; }
    MapPanel MapCanvas { width: 1fr; }
    MapPanel #beside { width: 30; padding-left: 2; display: none; }
    MapPanel.roomy #beside { display: block; }
    MapPanel #legend { height: auto; max-height: 2; color: $text-muted; }
    MapPanel #word { height: 2; }
    MapPanel.roomy #word { height: 1; }
    """

    spec: Map

    def __init__(self, spec: Map, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.at_once: MapView | None = None  # the map by PCA, before t-SNE runs
        self.by_pca = False  # whether that is wanted although there is one by t-SNE
        self.due = Throttle(self, self._redraw)

    def compose(self) -> ComposeResult:
        """The map, the word under the cursor, what the digits mean, how far t-SNE is."""
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
        """The newest view there is."""
        return self.runner.view or self.at_once

    def first_focus(self) -> Any:
        """The map takes the keys."""
        return self.canvas

    def reload(self) -> None:
        """Show the map by PCA, and wait for the learner to let t-SNE run."""
        super().reload()
        self.at_once = None
        self.canvas.cursor = 0
        self.due(at_once=True)
        self.run_worker(self._ask(), exclusive=True)

    async def _ask(self) -> None:
        self.at_once = await self.ask(self.spec)
        if self.at_once is not None:
            self.canvas.cursor = next((group.words[0] for group in self.at_once.groups), 0)
            self.due(at_once=True)

    def begin(self) -> None:
        """t-SNE is to be seen."""
        self.by_pca = False

    def code(self) -> str:
        """Both maps in a few lines."""
        return code(self.spec, self.view) if self.view is not None else ""

    def action_step(self) -> None:
        """A single iteration."""
        if self.may_go_on():
            self.runner.single_step(self.spec)

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
        words, word = self.view.words, text.strip()
        if word in words:
            return words.index(word)
        like = get_close_matches(word, words, 3)
        told = f"spelled most like it: {', '.join(like)}." if like else "raise words in the settings (f) for more."
        raise ValueError(f"{word!r} is not among the {len(words):,} words of this map; {told}")

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
        self.canvas.redraw()
        self.query_one(ProgressLine).changed(at_once=True)
        found = self._shown()
        if found is not None:
            view, picture = found
            heading, near = of_word(view, picture, self.canvas.cursor)
            doubt = of_doubt(view, picture, self.canvas.cursor)
            roomy = self.has_class("roomy")
            self.query_one("#beside", Static).update("\n".join([heading, "", *near, "", doubt]))
            self.query_one("#word", Static).update(
                "" if roomy else f"{heading}\n{doubt or on_one_line(near, self.size.width - 2)}"
            )
            self.query_one("#legend", Static).update(legend(view))
        self.say(self._status(), problem=self.runner.state in ("diverged", "failed"))

    def _progress(self) -> tuple[int, int, float, bool]:
        return self.runner.step, self.spec.iterations, self.runner.rate, self.runner.active

    def _status(self) -> str:
        run, found = self.runner, self._shown()
        if run.sentence:
            return run.sentence
        if found is None:
            return self.waiting() or "The words are being looked up."
        view, picture = found
        if picture is view.pca:
            more = "" if view.tsne else "   space lets t-SNE run"
            return (
                f"{of_map(view, picture, 'PCA')}\nits two axes tell {100 * view.variance:.0f} % of the variance{more}"
            )
        measured = f"KL divergence {run.last_loss:.3g}   " if run.last_loss is not None else ""
        return f"{of_map(view, picture, 't-SNE')}\n{run.state}   {measured}distances and sizes of groups mean nothing"


PANEL = MapPanel

"""Shows the window lab."""

from typing import Any

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from tuilab.labs.panel import LabPanel
from tuilab.labs.skipgram.spec import MOST_WORDS, Skipgram
from tuilab.labs.spec import Spec
from tuilab.labs.window.code import code
from tuilab.labs.window.layout import made, sentence
from tuilab.labs.window.spec import LARGEST, Window, WindowShow, WindowTrace, contexts
from tuilab.labs.window.told import headline, told
from tuilab.widgets.entry import EntryScreen
from tuilab.widgets.sheet import Sheet
from tuilab.widgets.text import put

SAMPLES = (0.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0001, 0.00001)
"""The thresholds that the arrow keys go through: from all words in, to hardly any."""


class WindowPanel(LabPanel):
    """The sentence as a row of words with a window on it; below it what is made of each target."""

    HELP = """\
The target stands in brackets; the words of its context are marked (▸), with how far away they are. Left and right, or b
and s, move the window. Below is what is made of each target: pairs for skip-gram, one example for CBOW; v changes
between the two. i goes into one update on it.
+ and - change the size of the window, e the sentence; u takes a change back. In the settings (f), shrink=yes lets each
target draw how far its own window reaches, as the authors' program does.
Up and down change the threshold of subsampling: a frequent word stays only with some probability (keep), and is out (×)
where it drew a larger number. It is gone before windows are laid, so they reach over it. d draws anew.
Words are taken in lower case, without punctuation; shares are those of this sentence, so type a longer text too."""

    BINDINGS = [
        Binding("right", "move(1)", "Move", key_display="← →", tooltip="The next target, or the one before"),
        Binding("left", "move(-1)", "Move back", show=False, tooltip="The target before"),
        Binding("s", "move(1)", "Next", show=False, tooltip="The next target"),
        Binding("b", "move(-1)", "Before", show=False, tooltip="The target before"),
        Binding("plus,equals_sign", "size(1)", "Size", key_display="+ -", tooltip="A larger window, or a smaller one"),
        Binding("minus", "size(-1)", "Smaller", show=False, tooltip="A smaller window"),
        Binding("up", "sample(-1)", "Subsample", key_display="↑ ↓", tooltip="Fewer words taken out, or more"),
        Binding("down", "sample(1)", "Take more out", show=False, tooltip="More words taken out"),
        Binding("d", "draw", "Draw", tooltip="Draw anew which words stay, and how far windows reach"),
        Binding("i", "inside", "Inside", tooltip="One update on this target and its context: the skipgram lab"),
        Binding("v", "model", "Model", tooltip="Change between skip-gram and CBOW"),
        Binding("e", "edit", "Edit", tooltip="Another sentence"),
        Binding("u", "undo", "Undo", tooltip="Take the last change back"),
    ]
    DEFAULT_CSS = """
    WindowPanel #head { height: 1; }
    WindowPanel #sentence { max-height: 50%; margin-top: 1; }
    WindowPanel #made-of { margin-top: 1; height: 1; text-style: bold; }
    WindowPanel #made { height: 1fr; margin-bottom: 1; }
    """

    can_focus = True
    spec: Window

    def __init__(self, spec: Spec, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.view: WindowTrace | None = None
        self.shown: Window | None = None  # the spec that `view` is of
        self.target = 0

    def compose(self) -> ComposeResult:
        """A head line, the sentence, what is made of it, and what is said of the target."""
        yield Static("", id="head", markup=False)
        yield Sheet(id="sentence")
        yield Static("", id="made-of", markup=False)
        yield Sheet(id="made")
        yield Static("", id="said", markup=False)

    def first_focus(self) -> Any:
        """The panel itself takes the keys."""
        return self

    def open(self, spec: Spec, show: WindowShow | None = None) -> None:
        """Show a spec, with the window on a target."""
        self.target = (show or WindowShow()).target
        self.history = []
        super().open(spec, show)

    def reload(self) -> None:
        """Ask for the windows."""
        if self.view is None:
            self.say(self.waiting())
        self.run_worker(self._reload(), exclusive=True)

    async def _reload(self) -> None:
        spec = self.spec
        view = await self.ask(spec)
        if view is not None:
            self.view, self.shown = view, spec
            self.target = min(self.target, len(view.occurrences) - 1)
            self.draw_all()

    def draw_all(self) -> None:
        """Draw what there is."""
        view, spec = self.view, self.shown
        if view is None or spec is None:
            return
        width = self.size.width
        put(self.query_one("#head", Static), headline(spec, view))
        self.query_one("#sentence", Sheet).show(*sentence(spec, view, self.target, width))
        what = "target → context" if spec.model == "skipgram" else "context → target"
        put(self.query_one("#made-of", Static), what)
        self.query_one("#made", Sheet).show(*made(spec, view, self.target, width))
        self.say(told(spec, view, self.target))

    def on_resize(self) -> None:
        """Rows are as long as there is room."""
        self.draw_all()

    def code(self) -> str:
        """The same pairs in a few lines."""
        return code(self.spec)

    def action_move(self, direction: int) -> None:
        """Another target."""
        if self.view is not None:
            self.target = max(0, min(len(self.view.occurrences) - 1, self.target + direction))
            self.draw_all()

    def action_size(self, direction: int) -> None:
        """A larger window, or a smaller one."""
        size = self.spec.size + direction
        if not 1 <= size <= LARGEST:
            return self.say(f"A window reaches from 1 to {LARGEST} words to either side.")
        return self.change(size=size)

    def action_sample(self, direction: int) -> None:
        """Take more words out, or fewer."""
        now = self.spec.sample
        if direction > 0:
            below = [each for each in SAMPLES[1:] if each < now or not now]
            if not below:
                return self.say(f"The threshold is {now:g}: hardly a word stays.")
            return self.change(sample=max(below))
        above = [each for each in SAMPLES if each > now]
        if not now:
            return self.say("Subsampling is off: all words stay. Down turns it on.")
        return self.change(sample=min(above, default=0.0))

    def action_draw(self) -> None:
        """Draw anew."""
        if not self.spec.sample and self.spec.shrink == "no":
            return self.say("Nothing is drawn here yet: down turns subsampling on, shrink=yes in the settings (f) too.")
        return self.change(seed=(self.spec.seed + 1) % 2**31)

    def action_model(self) -> None:
        """Skip-gram or CBOW."""
        self.change(model="cbow" if self.spec.model == "skipgram" else "skipgram")

    def action_inside(self) -> None:
        """Into one update: the target's first pair, or its example; noise comes from the words of this sentence."""
        view, spec = self.view, self.shown
        if view is None or spec is None:
            return self.say(self.waiting())
        near = [view.occurrences[at].word for at in contexts(view, self.target)]
        if not near:
            return self.say("Nothing is made of this target, so there is no update to look at.")
        if len(view.words) > MOST_WORDS:
            return self.say(f"The skipgram lab takes sentences of up to {MOST_WORDS} different words.")
        words = ",".join(f"{each.word}:{each.count}" for each in view.words)
        context = near[0] if spec.model == "skipgram" else ",".join(near)
        target = view.occurrences[self.target].word
        try:
            self.post_message(self.Wanted(Skipgram(model=spec.model, words=words, target=target, context=context)))
        except ValueError as error:
            self.say(str(error))
        return None

    def action_edit(self) -> None:
        """Another sentence."""
        if not self.allows_setting("sentence"):
            return

        def check(text: str) -> None:
            msgspec.structs.replace(self.spec, sentence=text)

        def take(text: str | None) -> None:
            if text is not None and text != self.spec.sentence:
                self.change(sentence=text)

        self.app.push_screen(EntryScreen("A sentence, or a longer text", self.spec.sentence, check), take)

    def action_undo(self) -> None:
        """Take the last change back."""
        if not self.history:
            return self.say("There is no change to take back.")
        self.spec = self.history.pop()  # type: ignore[assignment]
        self._changed()
        return None

    def change(self, **settings: object) -> None:
        """Go on with other settings."""
        spec = msgspec.structs.replace(self.spec, **settings)
        if spec != self.spec and self.allows(spec):
            self.history.append(self.spec)
            self.spec = spec
            self._changed()

    def _changed(self) -> None:
        self.post_message(self.Changed(self))
        self.reload()


PANEL = WindowPanel

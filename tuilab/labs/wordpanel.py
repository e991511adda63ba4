"""What labs share in which words are typed: the line, its completions, and rows of cosines."""

from collections.abc import Sequence
from typing import Any

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from tuilab.labs.neighbours.spec import Complete
from tuilab.labs.panel import LabPanel
from tuilab.labs.port import Gone, Unanswerable
from tuilab.labs.spec import Spec
from tuilab.labs.spelling import SpellingError, build, texts
from tuilab.widgets.bars import Bar, Bars
from tuilab.widgets.completing import Completing
from tuilab.widgets.text import put

COMPLETIONS = 8


class WordPanel(LabPanel):
    """A lab that is asked by typing; `view` is the newest answer, for the spec `answered`."""

    BINDINGS = [
        Binding("e", "edit", "Type", tooltip="Go to the line and type"),
        Binding("enter", "follow", "Ask", tooltip="Ask for the marked word"),
        Binding("u", "undo", "Undo", tooltip="Back to what was asked before"),
    ]
    DEFAULT_CSS = """
    WordPanel #head { color: $text-muted; height: auto; max-height: 2; }
    WordPanel Completing { margin-top: 1; }
    WordPanel #said { min-height: 1; max-height: 3; }
    WordPanel #title { height: auto; max-height: 2; margin-bottom: 1; }
    WordPanel Bars { height: 1fr; }
    WordPanel.refused #title, WordPanel.refused Bars, WordPanel.refused NumberGrid { text-style: dim; }
    """

    spec: Any
    typed = "word"  # the field that the line is for
    label = "word"
    code_title = "The numpy code of this screen"

    def __init__(self, spec: Spec, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.view: Any = None
        self.answered: Any = None
        self._typed = False  # whether the newest spec was typed into the line

    # What a lab fills in.

    def head(self) -> str:
        """Whose vectors they are."""
        return str(self.view.source.told)

    def title(self) -> str:
        """What was found, in a sentence."""
        raise NotImplementedError

    def bars(self) -> Sequence[Bar]:
        """The rows of the answer."""
        raise NotImplementedError

    def following(self, word: str) -> str:
        """What is asked where a row's word is chosen."""
        return word

    # What they share.

    def compose(self) -> ComposeResult:
        """Whose vectors, the line, what was found."""
        yield Static("", id="head", classes="line", markup=False)
        yield Completing(self.label, self._complete, self._enter, self.to_result)
        yield Static("", id="said", markup=False)
        yield Static("", id="title", markup=False)
        yield Bars()

    @property
    def line(self) -> Completing:
        """The line and its completions."""
        return self.query_one(Completing)

    def first_focus(self) -> Any:
        """The line takes the keys: all letters are typed."""
        return self.line.line

    def open(self, spec: Spec, show: Any = None, typed: bool = False) -> None:
        """Show another spec; one that was typed stays in the line where it is refused, to be mended."""
        self._typed = typed
        if self.answered is not None and spec != self.answered:
            self.history.append(self.answered)
        super().open(spec, show)

    def reload(self) -> None:
        """Ask for what the spec says."""
        if not self._typed:  # what was typed stands there, and perhaps what was typed behind it meanwhile
            self.show_line()
        if self.view is None:
            self.say(self.waiting())
        self.run_worker(self._reload(), exclusive=True, group="answer")

    def run_name(self) -> str:
        """The run whose vectors they are."""
        return self.view.source.run if self.view is not None else ""

    def show_line(self) -> None:
        """Put into the line what the spec asks."""
        self.line.put(getattr(self.spec, self.typed))

    async def _reload(self) -> None:
        view = await self.ask(self.spec)
        if view is not None:
            new = self.view is None or view.source != self.view.source
            self.view, self.answered = view, self.spec
            self.say(view.source.remark if new else "")
            self.update_answer()

    def refused(self) -> None:
        """The spec is again that of the answer on the screen."""
        if self.answered is not None and self.spec != self.answered:
            self.spec = self.answered
            if self.history and self.history[-1] == self.answered:
                self.history.pop()
            if not self._typed:
                self.show_line()
            self.post_message(self.Changed(self))

    def say(self, sentence: str, problem: bool = False) -> None:
        """Put a sentence below the line; what stands below a problem is the answer before, and steps back."""
        super().say(sentence, problem)
        self.set_class(problem, "refused")
        self._say_title()

    def _say_title(self) -> None:
        if self.view is not None:
            before = "The answer before: " if self.has_class("refused") else ""
            put(self.query_one("#title", Static), before + self.title())

    def update_answer(self) -> None:
        """Draw the answer."""
        put(self.query_one("#head", Static), self.head())
        self._say_title()
        self.query_one(Bars).show(self.bars())
        self.refresh_bindings()

    def to_result(self) -> None:
        """The result takes the keys."""
        self.screen.set_focus(self.result())

    def on_bars_left(self) -> None:
        """Above the rows is the line."""
        self.action_edit()

    def result(self) -> Any:
        """The widget that shows the answer."""
        return self.query_one(Bars)

    def action_edit(self) -> None:
        """Go to the line."""
        self.screen.set_focus(self.first_focus())

    def action_follow(self) -> None:
        """Ask for the marked word."""
        bars = self.query_one(Bars)
        if bars.has_focus and bars.bars:
            self._ask_for(self.following(bars.bars[bars.chosen].name), typed=False)

    def action_undo(self) -> None:
        """Back to what was asked before."""
        if not self.history:
            return self.say("Nothing was asked before this.")
        self.answered = None
        self.open(self.history.pop())
        return None

    def change(self, **values: Any) -> None:
        """Ask with other settings."""
        spec = msgspec.structs.replace(self.spec, **values)
        if self.allows(spec):
            self.open(spec)

    def _enter(self, text: str) -> None:
        self._ask_for(text.strip(), typed=True)

    def _ask_for(self, text: str, typed: bool) -> None:
        try:
            spec = build(type(self.spec), {**texts(self.spec), self.typed: text})
        except SpellingError as error:
            return self.say(str(error), problem=True)
        if self.allows(spec):
            self.open(spec, typed=typed)
        return None

    async def _complete(self, begun: str) -> list[str]:
        """The most frequent words that begin so; none where the worker has no answer."""
        try:
            found = await self.port.ask(Complete(word=begun[:200], vectors=self.spec.vectors, most=COMPLETIONS))
        except (Gone, Unanswerable):
            return []
        words: list[str] = found.words
        return words

"""A line that words are typed into, and below it how the word being typed may go on."""

import re
from collections.abc import Awaitable, Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from tuilab.widgets.bars import printable
from tuilab.widgets.line import Line

Complete = Callable[[str], Awaitable[list[str]]]
_BEGUN = re.compile(r"[+−–:-]?([^\s:]*)$")  # the word at the end of a line, without its sign or what it is paired with


class WordLine(Line):
    """A line whose last word can be completed; it tells the widget around it of the keys for that."""

    BINDINGS = [
        Binding("enter", "submit", "Ask", tooltip="Ask for what is typed"),
        Binding(
            "right",
            "press('right')",
            "Complete",
            key_display="→",
            tooltip="Take the completion, at the end of the line",
        ),
        Binding("down", "press('down')", "Next", key_display="↑ ↓", tooltip="Another completion"),
        Binding(  # before a letter that is typed ahead
            "escape",
            "leave",
            "To the result (there ? Help, q Back)",
            priority=True,
            tooltip="Leave the line: letters are keys then, ? and q among them",
        ),
    ]

    class Pressed(Message):
        """A key that is for the completions."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    can_complete = False  # whether there are completions

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """All that can be typed is typed; Textual does not know which character a slash is."""
        return key == "slash" or super().check_consume_key(key, character)

    def action_press(self, key: str) -> None:
        """Do what a key does here."""
        self.post_message(self.Pressed(key))

    @property
    def around(self) -> "Completing":
        """The widget around it, called where a message would come late: the question would wait for a frame."""
        return next(each for each in self.ancestors if isinstance(each, Completing))

    async def action_submit(self) -> None:
        """Ask; what is typed next takes its place, from the very next key on."""
        self.around.enter()
        self.select_all()

    def action_leave(self) -> None:
        """The keys go elsewhere, at once."""
        self.around.leave()

    async def _on_key(self, event: events.Key) -> None:
        completes = self.can_complete and self.cursor_position == len(self.value)
        if event.key in ("up", "down") or (event.key in ("right", "tab") and completes):
            self.action_press(event.key)
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)


class Completing(Vertical):
    """A name, the line, and completions of its last word: the newest question alone is asked, one at a time.

    `entered` is called with what is to be asked, `left` where the keys should go elsewhere.
    """

    DEFAULT_CSS = """
    Completing { height: 2; }
    Completing Horizontal { height: 1; }
    Completing #name { width: auto; margin-right: 1; color: $text-muted; }
    Completing Input { width: 1fr; background: $panel; }
    Completing #completions { height: 1; color: $text-muted; }
    """

    def __init__(self, name: str, complete: Complete, entered: Callable[[str], None], left: Callable[[], None]) -> None:
        super().__init__()
        self.label, self.complete, self.entered, self.left = name, complete, entered, left
        self.found: list[str] = []
        self.marked = -1  # the completion that stands in the line
        self._begun, self._wanted = "", ""
        self._asking = self._putting = False

    def compose(self) -> ComposeResult:
        """The line, and below it the completions."""
        with Horizontal():
            yield Static(self.label, id="name", markup=False)
            yield WordLine(select_on_focus=True, compact=True)
        yield Static("", id="completions", markup=False)

    @property
    def line(self) -> WordLine:
        """The line."""
        return self.query_one(WordLine)

    def rename(self, name: str) -> None:
        """Put another name before the line."""
        self.label = name
        self.query_one("#name", Static).update(name)

    def put(self, text: str) -> None:
        """Put a text into the line, as if nothing had been typed."""
        if text != self.line.value:
            self._putting = True
            self.line.value = text
            self.line.cursor_position = len(text)
        self._show([])

    def leave(self) -> None:
        """The keys go elsewhere."""
        self._show([])
        self.left()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask how the last word goes on."""
        event.stop()
        if self._putting:
            self._putting = False
            return
        match = _BEGUN.search(event.value)
        self._wanted = match[1] if match else ""
        self._begun, fitting = self._wanted, [word for word in self.found if word.startswith(self._wanted)]
        self._show(fitting if self._wanted else [])  # until the answer for what is typed now comes
        if self._wanted and not self._asking:
            self._asking = True
            self.run_worker(self._ask(), group="completions")

    def enter(self) -> None:
        """Ask for what is typed."""
        self._wanted = ""
        self._show([])
        self.entered(self.line.value)

    def on_word_line_pressed(self, event: WordLine.Pressed) -> None:
        """Complete, change the completion, or leave."""
        event.stop()
        if event.key == "down" and not self.found:
            self.leave()
        elif event.key in ("right", "tab") and self.found:
            self._take(max(self.marked, 0))
            self._show([])
        elif event.key in ("up", "down") and self.found:
            step = 1 if event.key == "down" else -1
            place = min(step, 0) if self.marked < 0 else self.marked + step  # first the first one, or the last
            self._take(place % len(self.found))

    async def _ask(self) -> None:
        """Ask until what is typed last has been asked for."""
        try:
            begun = None
            while begun != self._wanted and self._wanted:
                begun = self._wanted
                found = await self.complete(begun)
                if begun == self._wanted:
                    self._begun = begun
                    self._show([word for word in found if word != begun])
        finally:
            self._asking = False

    def _take(self, place: int) -> None:
        """Put a completion in place of what was typed of the word."""
        there = self._begun if self.marked < 0 else self.found[self.marked]
        self._putting = True
        self.line.value = self.line.value.removesuffix(there) + self.found[place]
        self.line.cursor_position = len(self.line.value)
        self.marked = place
        self._draw()

    def _show(self, found: list[str]) -> None:
        self.found, self.marked = found, -1
        self.line.can_complete = bool(found)
        self._draw()

    def _draw(self) -> None:
        marks = ("▐▌" if n == self.marked else "  " for n in range(len(self.found)))
        words = (f"{mark[0]}{printable(word)}{mark[1]}" for mark, word in zip(marks, self.found, strict=True))
        self.query_one("#completions", Static).update(" " * len(self.label) + "".join(words), layout=False)

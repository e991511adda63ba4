"""A question on a page. What is right is asked of the lesson's own experiment."""

from collections.abc import Mapping
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import Worker

from tuilab.course.lesson import QuizBlock
from tuilab.course.quiz import KNOWN, Given, Verdict, judge, needed, written
from tuilab.labs import spelling
from tuilab.labs.edits import read_number
from tuilab.labs.port import Gone, Port, Unanswerable
from tuilab.ui.choices import KINDS, Choices
from tuilab.ui.prose import spelled
from tuilab.widgets.line import Line


class NumberInput(Line):
    """A line for a number: other letters keep their meaning as keys."""

    BINDINGS = [Binding("enter", "submit", "Answer", tooltip="Answer with this number")]

    @property
    def draft(self) -> str:
        """What is typed."""
        return self.value

    @draft.setter
    def draft(self, kept: str) -> None:
        self.value = kept

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take only what a number is written with."""
        return self.takes(key) or (character is not None and character in "0123456789.,-+−e")

    def takes(self, key: str) -> bool:
        """Take the stroke of 1/4, so that it is told as no number, and finds nothing."""
        return key == "slash" and bool(self.value) and self.selection.is_empty and self.cursor_at_end

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A line has no pages: the keys for them scroll what it stands on."""
        return action not in ("page_up", "page_down") and super().check_action(action, parameters)

    async def action_submit(self) -> None:
        """Answer, and select what was typed, so that the next number takes its place."""
        await super().action_submit()
        self.select_all()

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()  # let n, p, q and ? through, to whom they belong


class Quiz(Vertical):
    """Asks, checks with the worker's numbers, and says why."""

    HELP = """\
A question about what the lab beside it shows; tab goes there and back.
Choose with up and down, or type a number, beside which letters stay keys; enter answers. Where several may be right,
space marks each; where lines are to be put in order, space takes hold of one, up and down move it, and space lets it
go.
A wrong answer costs nothing: it says why, and you can answer again. h gives a hint, and then another."""

    BINDINGS = [Binding("h", "hint", "Hint", tooltip="A hint; the next one with each press")]
    kinds, mark = KINDS, ""
    judge = staticmethod(judge)

    DEFAULT_CSS = """
    Quiz { height: auto; border-left: outer $primary; padding: 0 0 0 1; margin: 0 0 1 0; }
    Quiz Static { height: auto; }
    Quiz .ask { text-style: bold; margin: 0 0 1 0; }
    Quiz NumberInput { width: 24; background: $panel; }
    Quiz .hints { color: $text-muted; margin: 1 0 0 0; }
    Quiz .verdict { margin: 1 0 0 0; }
    Quiz .right { color: $success; }
    Quiz .wrong, Quiz .refused { color: $warning; }
    """

    class Answered(Message):
        """An answer was given."""

        def __init__(self, name: str, given: str, right: bool) -> None:
            super().__init__()
            self.name, self.given, self.right = name, given, right

    class Hinted(Message):
        """A hint was shown; the first is 1."""

        def __init__(self, name: str, step: int) -> None:
            super().__init__()
            self.name, self.step = name, step

    def __init__(self, block: QuizBlock, quiz_name: str, port: Port, answered: bool | None, hints: int = 0) -> None:
        super().__init__()
        self.block, self.quiz_name, self.port, self.answered = block, quiz_name, port, answered
        self.hints = min(hints, len(block.hints))  # that are shown
        self._asking: Worker[None] | None = None
        self.kept: Any = None  # of an answer that was begun

    def compose(self) -> ComposeResult:
        """The question, its choices or a line, hints that were asked for, and the verdict."""
        yield Static(self.mark + spelled(self.block.ask, self), classes="ask", markup=False)
        self.answer = self.asked()
        if self.kept is not None:
            self.answer.draft = self.kept
        yield self.answer
        yield Static(self._hint_lines(), classes="hints", markup=False)
        yield Static(self.before(), classes="verdict muted", markup=False)

    def known(self, answered: bool | None, hints: int) -> None:
        """Follow what was answered and shown elsewhere meanwhile, where nothing was answered here."""
        news = (answered, max(self.hints, min(hints, len(self.block.hints))))
        if news == (self.answered, self.hints) or not self.query_one(".verdict").has_class("muted"):
            return
        self.answered, self.hints = news
        self.query_one(".verdict", Static).update(self.before())
        self.query_one(".hints", Static).update(self._hint_lines())
        self.query_one(".hints").display = bool(self.hints)

    def asked(self) -> Any:
        """What takes the answer: the choices, or a line."""
        if self.block.kind in KINDS:
            return self.kinds[self.block.kind]([spelled(choice.text, self) for choice in self.block.choices])
        return NumberInput(placeholder="a number, then enter", compact=True)

    def before(self) -> str:
        """What is known of earlier answers."""
        return KNOWN[self.answered]

    def on_mount(self) -> None:
        """Hints take no room before there are any."""
        self.query_one(".hints").display = bool(self.hints)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There may be no hint, or no more."""
        return action != "hint" or self.hints < len(self.block.hints)

    def action_hint(self) -> None:
        """Show the next hint, in the place of what was no answer."""
        if self.query_one(".verdict").has_class("refused"):
            self._say("", "muted")
        self.hints += 1
        shown = self.query_one(".hints", Static)
        shown.update(self._hint_lines())
        shown.display = True
        shown.scroll_visible(animate=False)
        self.refresh_bindings()
        self.post_message(self.Hinted(self.quiz_name, self.hints))

    def _hint_lines(self) -> str:
        count = len(self.block.hints)
        shown = enumerate(self.block.hints[: self.hints], start=1)
        return "\n".join(f"hint {step} of {count}: {spelled(text, self)}" for step, text in shown)

    def first_focus(self) -> Widget:
        """What takes the keys."""
        return self.answer

    def on_choices_taken(self, event: Choices.Taken) -> None:
        """Check a choice, several, or their order."""
        self._ask_about(event.given)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Check a number."""
        event.stop()
        self._ask_about(event.value)

    def on_choices_changed(self) -> None:
        """What was said of another order, or of other marks, no longer holds."""
        if not self.query_one(".verdict").has_class("muted"):
            self._say("", "muted")

    @property
    def is_asking(self) -> bool:
        """Whether an answer was given that is not judged yet."""
        return self._asking is not None and not self._asking.is_finished

    def _ask_about(self, given: Given) -> None:
        self._asking = self.run_worker(self._check(given), exclusive=True)

    async def _check(self, given: Given) -> None:
        try:
            if isinstance(given, str):
                read_number(given)  # the lab need not be asked about what is none
            self._say("Asking the lab…", "muted")
            answers = {each: await self.port.ask(spelling.parse(each)) for each in needed(self.block)}
            verdict = self.judge(self.block, given, answers)
        except (Gone, Unanswerable) as error:
            return self._say(f"{error} Your answer was not counted.", "refused")
        except ValueError as error:
            return self._say(str(error), "refused")
        if verdict.right:
            self._keep(given)
        self.show_answers(answers)
        self.screen.post_message(self.judged(written(self.block, given), verdict))
        self.screen.call_later(self._say_judged, verdict)  # once the answer is kept: what is seen is not lost
        return None

    def _say_judged(self, verdict: Verdict) -> None:
        if self.is_attached:  # else its page was left
            self._say(verdict.sentence, "right" if verdict.right else "wrong")

    def show_answers(self, answers: Mapping[str, Any]) -> None:
        """Show more of what the experiments gave; a quiz has nothing more to show."""

    def judged(self, given: str, verdict: Verdict) -> Message:
        """What the screen is told."""
        return self.Answered(self.quiz_name, given, verdict.right)

    def _keep(self, given: Given) -> None:
        """Let a right number stand: no longer selected."""
        for line in self.query(NumberInput):
            if line.value == given:
                line.action_end()

    def _say(self, sentence: str, kind: str) -> None:
        verdict = self.query_one(".verdict", Static)
        verdict.set_classes(f"verdict {kind}")
        mark = {"right": "✓ ", "wrong": "✗ ", "refused": "✗ "}.get(kind, "")
        verdict.update(mark + spelled(sentence, self))
        self.call_after_refresh(verdict.scroll_visible, animate=False)  # all of it, once it has its height

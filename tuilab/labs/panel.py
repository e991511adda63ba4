"""What all lab panels share: a spec, the port to the worker, the settings form and the code view."""

from typing import Any

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from tuilab.labs import locks
from tuilab.labs.keepsake import line_of
from tuilab.labs.port import Gone, Port, Unanswerable
from tuilab.labs.spec import Show, Spec
from tuilab.widgets.code import CodeScreen
from tuilab.widgets.form import SettingsScreen
from tuilab.widgets.spelled import SpelledScreen
from tuilab.widgets.text import put


class LabPanel(Vertical):
    """A lab on the screen. Subclasses draw `self.spec` in `reload`, and say what they are in `HELP`.

    `show` is the state that a lesson page asks for, of the type that the lab's spec module names.
    """

    HELP = ""
    code_title = "The torch code of this screen"
    BINDINGS = [
        Binding("f", "settings", "Settings", tooltip="Every setting, with what it allows"),
        Binding("c", "code", "Code", tooltip="The code of this screen, ready to be copied"),
        Binding(
            "y", "spelling", "Copy", show=False, tooltip="This experiment as one line, copied: paste it to open it"
        ),
    ]
    DEFAULT_CSS = """
    LabPanel { padding: 0 1; }
    LabPanel .line { height: 1; }
    LabPanel #said { height: auto; max-height: 6; }
    LabPanel NumberGrid { margin-bottom: 1; }
    LabPanel .problem { color: $error; }
    """

    class Changed(Message):
        """The lab now stands at another spec."""

        def __init__(self, panel: "LabPanel") -> None:
            super().__init__()
            self.panel = panel

    class Wanted(Message):
        """The learner wants to look at another lab, in a state that it can be put into, and to come back."""

        def __init__(self, spec: Spec, show: Show | None = None) -> None:
            super().__init__()
            self.spec, self.show = spec, show

    def __init__(self, spec: Spec, port: Port, show: Any = None) -> None:
        super().__init__()
        self.spec, self.port, self.opening = spec, port, show
        self.history: list[Spec] = []  # what u goes back to, in labs that have it

    def on_mount(self) -> None:
        """Show the spec it was opened with; a panel that was left as it was opened has nothing in it."""
        if self.query("#said"):
            self.open(self.spec, self.opening)

    def open(self, spec: Spec, show: Any = None) -> None:
        """Show another spec, in the state a page asks for."""
        self.spec = spec
        self.post_message(self.Changed(self))
        self.reload()

    def open_for_page(self, spec: Spec, show: Any = None) -> None:
        """Show what a page asks for; nothing that was chosen on another page stands any more."""
        self.open(spec, show)

    def turn_to(self, spec: Spec, show: Any = None) -> None:
        """Show another spec on the learner's way; u goes back to what stands here."""
        history = [*self.history, *([self.current()] if self.current() != spec else [])]
        self.open(spec, show)
        self.history = history

    def current(self) -> Spec:
        """The spec of what stands on the screen; for a lab that trains, with what was trained."""
        return self.spec

    def reload(self) -> None:
        """Ask the worker for what the spec gives."""
        raise NotImplementedError

    def allows(self, spec: Spec, now: Spec | None = None) -> bool:
        """Whether the learner may change the lab to a spec; says so where a setting is locked that would be another.

        Every way on which a learner changes a spec asks this first. `now` is what it is changed from.
        """
        return not self.refuses(locks.refusal_of(now or self.current(), spec))

    def allows_setting(self, name: str) -> bool:
        """Whether a setting may be changed at all, for keys that would ask for its value; says so where it may not."""
        return not self.refuses(locks.refusal(self.spec, [name]))

    def refuses(self, sentence: str) -> bool:
        """Whether there is a reason not to do something; says it."""
        if sentence:
            self.say(sentence, problem=True)
        return bool(sentence)

    def shown_settings(self, *names: str) -> str:
        """Some settings with their values, those left out that are hidden."""
        return "   ".join(f"{name} {text}" for name, text in locks.shown(self.spec, names))

    def run_name(self) -> str:
        """The name of the kept run that `last` stands for here; empty where it is not known."""
        return ""

    def unsaid(self) -> str:
        """What of this screen its spelling does not say; empty where it says all."""
        return ""

    def obeys(self, key: str) -> bool:
        """Whether a key does something once the lab has the keys."""
        return any(key in widget._bindings.key_to_bindings for widget in (self, self.first_focus()))

    def worker_back(self) -> None:
        """The worker was started again: ask it anew."""
        self.reload()

    def code(self) -> str:
        """The torch code of this very screen; empty while there is none."""
        raise NotImplementedError

    def trained(self) -> str:
        """How far what is shown has been trained; empty where it has not been, or the lab says so itself."""
        return ""

    def first_focus(self) -> Any:
        """The widget that takes the keys when the lab is entered."""
        raise NotImplementedError

    def say(self, sentence: str, problem: bool = False) -> None:
        """Put a sentence on the panel's last lines."""
        said = self.query_one("#said", Static)
        said.set_class(problem, "problem")
        put(said, sentence)

    def waiting(self) -> str:
        """Why there is nothing to see yet."""
        if self.port.state == "ended":
            return "The worker is not running. ctrl+r starts it again."
        return "Torch is loading in the background." if self.port.state == "starting" else ""

    async def ask(self, spec: Spec, run: Any = None) -> Any:
        """Ask the worker; None, with the reason on the panel, where no answer comes."""
        try:
            return await self.port.ask(spec, run)
        except Gone as error:
            self.say(f"{error} ctrl+r starts it again.", problem=True)
        except Unanswerable as error:
            self.refused()
            self.say(str(error), problem=True)
        return None

    def refused(self) -> None:
        """The worker cannot answer for this spec."""

    def action_settings(self) -> None:
        """Change the settings in a form."""
        self.app.push_screen(SettingsScreen(self.spec), self._take_settings)

    def _take_settings(self, spec: Spec | None) -> None:
        if spec is not None and spec != self.spec and self.allows(spec):
            self.open(spec)

    def action_spelling(self) -> None:
        """Copy the command that opens this very experiment, and show it."""
        if self.refuses(locks.secret(self.spec, "the line of this experiment would tell")):
            return None
        try:
            line, notes = line_of(self.current(), self.run_name())
        except ValueError as error:
            return self.say(str(error), problem=True)
        self.app.push_screen(SpelledScreen(line, [*notes, *filter(None, [self.unsaid()])]))
        return None

    def action_code(self) -> None:
        """Show the torch code of this screen."""
        if self.refuses(locks.secret(self.spec, "the code of this screen would tell")):
            return
        if code := self.code():
            self.app.push_screen(CodeScreen(self.code_title, code))
        else:
            self.say(self.waiting())

"""What all lab panels share: a spec, the port to the worker, the settings form and the code view."""

from typing import Any

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from tuilab.labs.port import Gone, Port, Unanswerable
from tuilab.labs.spec import Show, Spec
from tuilab.widgets.code import CodeScreen
from tuilab.widgets.form import SettingsScreen
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
        if spec is not None and spec != self.spec:
            self.open(spec)

    def action_code(self) -> None:
        """Show the torch code of this screen."""
        if code := self.code():
            self.app.push_screen(CodeScreen(self.code_title, code))
        else:
            self.say(self.waiting())

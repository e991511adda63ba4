"""A lab by itself, on the whole screen."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from tuilab.labs import catalogue, spelling
from tuilab.labs.panel import LabPanel
from tuilab.labs.spec import Spec
from tuilab.ui.header import Header
from tuilab.ui.host import host
from tuilab.ui.keybar import KeyBar
from tuilab.worker.client import State


def make_panel(spec: Spec, port, show=None) -> LabPanel:  # type: ignore[no-untyped-def]
    """Make the panel of a spec's lab."""
    panel: LabPanel = catalogue.part(spec.kind, "panel").PANEL(spec, port, show)
    return panel


class LabScreen(Screen[None]):
    """The panel, its spelling above, its keys below."""

    BINDINGS = [
        Binding("slash", "app.find", "Find", key_display="/", priority=True, tooltip="Find a lesson, a page or a lab"),
        Binding("q", "app.back", "Back", priority=True, tooltip="Back to the lessons and labs"),
    ]

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.spec = spec

    def compose(self) -> ComposeResult:
        """Header, panel, keys."""
        yield Header()
        yield make_panel(self.spec, host(self).lab_worker)
        yield KeyBar()

    def on_mount(self) -> None:
        """The panel takes the keys."""
        self.worker_changed(*host(self).worker_state)
        self.query_one(LabPanel).first_focus().focus()

    def on_lab_panel_changed(self, event: LabPanel.Changed) -> None:
        """Show the spelling of what is on the screen."""
        header = self.query_one(Header)
        header.left = f"lab {event.panel.spec.kind}"
        header.middle = spelling.spell(event.panel.spec)

    def worker_changed(self, state: State, sentence: str) -> None:
        """Say how the worker is, where there is something to say."""
        self.query_one(Header).note = worker_note(state)

    def worker_restarted(self) -> None:
        """Ask again."""
        self.query_one(LabPanel).reload()


def worker_note(state: State) -> str:
    """What the header says of the worker; nothing while all is well."""
    if state == "starting":
        return "torch is loading…"
    return f"the worker is {state}: ctrl+r starts it again" if state in ("ended", "silent") else ""

"""A lab by itself, on the whole screen."""

from textual.app import ComposeResult

from tuilab.labs.panel import LabPanel
from tuilab.labs.spec import Show, Spec
from tuilab.ui.header import Header
from tuilab.ui.host import host
from tuilab.ui.keybar import KeyBar
from tuilab.ui.place import Place


class LabScreen(Place):
    """The panel, in a state that it is to show, its spelling above, its keys below; `run` names a run to go on with."""

    def __init__(self, spec: Spec, run: str = "", show: Show | None = None) -> None:
        super().__init__()
        self.spec, self.state = spec, show
        self.run_to_take_up = (run, False) if run else None

    def compose(self) -> ComposeResult:
        """Header, panel, keys."""
        yield Header()
        yield self.make_panel(self.spec, self.state)
        yield KeyBar()

    def on_mount(self) -> None:
        """The panel takes the keys."""
        self.worker_changed(*host(self).worker_state)
        if self.panel is not None:  # a screen that was left as it was opened has none
            self.panel.first_focus().focus()

    def on_lab_panel_changed(self, event: LabPanel.Changed) -> None:
        """Name the lab."""
        self.query_one(Header).left = f"lab {event.panel.spec.kind}"

"""What the screens that hold a lab share: the way out, the way elsewhere, and the worker's state."""

from pathlib import Path
from typing import Any

from textual.binding import Binding
from textual.screen import Screen

from tuilab.labs import catalogue, locks, spelling
from tuilab.labs.panel import LabPanel
from tuilab.labs.spec import Spec
from tuilab.labs.trainingpanel import TrainingPanel
from tuilab.records.about import about_run
from tuilab.records.folders import runs_folder
from tuilab.records.runlog import Measured
from tuilab.records.runs import measured_so_far
from tuilab.ui.aside import aside
from tuilab.ui.header import Header
from tuilab.ui.host import host
from tuilab.widgets.steady import Steady
from tuilab.worker.client import State


class Place(Steady, Screen[None]):
    """A screen with a header and, mostly, a lab."""

    BINDINGS = [
        Binding(
            "slash",
            "app.find",
            "Find",
            key_display="/",
            priority=True,
            tooltip="Find a lesson, a page, a lab or a term",
        ),
        Binding("l", "app.glossary", "Terms", show=False, tooltip="What a symbol or a term means"),
        Binding("q", "app.back", "Back", priority=True, tooltip="Back to the lessons and labs"),
    ]

    run_to_take_up: tuple[str, bool] | None = None  # its name, and whether it waits, for the lab that is being opened

    @property
    def has_lab(self) -> bool:
        """Whether a lab is to be seen; it may be there and hidden."""
        return True

    @property
    def panel(self) -> LabPanel | None:
        """The lab on the screen."""
        return next(iter(self.query(LabPanel)), None)

    def make_panel(self, spec: Spec, show: Any = None) -> LabPanel:
        """Make the panel of a spec's lab, in a state that its page asks for."""
        panel: LabPanel = catalogue.part(spec.kind, "panel").PANEL(spec, host(self).lab_worker, show)
        return panel

    def on_lab_panel_wanted(self, event: LabPanel.Wanted) -> None:
        """Open a lab above this one, which stays as it is."""
        from tuilab.ui.lab import LabScreen

        event.stop()
        secret = locks.secret(self.panel.spec, "the lab inside would tell") if self.panel is not None else ""
        if self.panel is None or not self.panel.refuses(secret):
            self.app.push_screen(LabScreen(event.spec, show=event.show))

    def on_lab_panel_changed(self, event: LabPanel.Changed) -> None:
        """Name the lab as it stands now; take up a run that it is to have."""
        panel = event.panel
        if self.run_to_take_up and panel is self.panel and isinstance(panel, TrainingPanel):
            run, self.run_to_take_up = self.run_to_take_up, None
            folder, handle = runs_folder() / run[0], panel.take_up(*run)
            aside(self, lambda: _kept(folder), lambda kept: panel.recall(handle, *kept))
        self.name_lab()

    def name_lab(self) -> None:
        """Show the spelling of the lab that is to be seen, and the moment of training that it shows."""
        panel = self.panel if self.has_lab else None
        for header in self.query(Header):  # there is none once the screen is being taken down
            header.middle, header.moment = ("", "") if panel is None else (spelling.told(panel.spec), panel.trained())

    def worker_changed(self, state: State, sentence: str) -> None:
        """Say how the worker is, where there is something to say."""
        for header in self.query(Header):  # there is none once the screen is being taken down
            header.note = _note(state)

    def worker_restarted(self) -> None:
        """Let the lab ask again."""
        if self.panel is not None:
            self.panel.worker_back()


def _kept(folder: Path) -> tuple[list[Measured], str | None]:
    """What a run measured, and how it ended."""
    about = about_run(folder)
    return measured_so_far(folder), about.finished if about is not None else None


def _note(state: State) -> str:
    if state == "starting":
        return "torch is loading…"
    return f"the worker is {state}: ctrl+r starts it again" if state in ("ended", "silent") else ""

"""Writes a run to a file, by the command line: a process of its own, so that this one never loads what computes."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tuilab.exports import FORMS
from tuilab.records.folders import path_of
from tuilab.records.shelf import Row
from tuilab.widgets.line import Line
from tuilab.widgets.steady import Steady

COMMAND = (sys.executable, "-P", "-m", "tuilab", "records", "export")


class ExportScreen(Steady, ModalScreen[None]):
    """Asks for the form and the file; says what came of it."""

    CSS = """
    ExportScreen { align: center middle; }
    ExportScreen > Vertical { width: 74; max-width: 100%; height: auto; border: round $primary; padding: 0 1;
        background: $surface; }
    ExportScreen #forms { height: auto; margin: 0 0 1 0; }
    ExportScreen Input { background: $panel; }
    ExportScreen #outcome { height: auto; min-height: 1; max-height: 5; }
    """
    BINDINGS = [
        Binding("up", "form(-1)", "Form", show=False, priority=True),
        Binding("down", "form(1)", "Form", show=False, priority=True),
        Binding("escape", "dismiss", "Close", priority=True, tooltip="Close"),
    ]

    def __init__(self, found: Row) -> None:
        super().__init__()
        self.found = found
        self.form = next(iter(FORMS))
        self._asked: Path | None = None  # a file that is there, and that enter once more replaces

    def compose(self) -> ComposeResult:
        """The forms, the file, and what came of it."""
        with Vertical():
            yield Static("Write this run to a file", classes="title")
            yield Static("", id="forms", markup=False)
            yield Line(self._proposed(), compact=True)
            yield Static("", id="outcome", markup=False)
            yield Static("up down choose   enter writes   esc closes", classes="muted")

    def on_mount(self) -> None:
        """Show the forms."""
        if self.query(Line):
            self._show()
            self.query_one(Line).focus()

    def _proposed(self) -> str:
        title = "".join(each if each.isalnum() or each in "-_." else "-" for each in self.found.label.title).strip(".-")
        return f"~/{title or self.found.name}{FORMS[self.form].ending}"

    def _show(self) -> None:
        lines = [f"{'▸' if form == self.form else ' '} {form:<12} {each.about}" for form, each in FORMS.items()]
        self.query_one("#forms", Static).update("\n".join(lines))

    def action_form(self, direction: int) -> None:
        """Another form; a file name that was not changed gets its ending."""
        line = self.query_one(Line)
        untouched = line.value == self._proposed()
        forms = list(FORMS)
        self.form = forms[(forms.index(self.form) + direction) % len(forms)]
        if untouched:
            line.value = self._proposed()
            line.action_end()
        self._asked = None
        self._say("")
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write it, what is there already after a second enter; one while it is written does nothing."""
        if self.app.screen is not self or any(each.group == "export" and not each.is_finished for each in self.workers):
            return
        if not event.value.strip():
            self._say("Type the name of the file to write.")
            return
        path = path_of(event.value.strip())
        there = os.path.lexists(path) and not path.is_dir()
        if there and self._asked != path:
            self._asked = path
            self._say("That file is there already: enter once more replaces it.")
            return
        self._asked = None
        self._say("writing…")
        self.run_worker(self._write(path, there), group="export")

    async def _write(self, path: Path, force: bool) -> None:
        arguments = (self.found.name, "--as", self.form, "--to", str(path), *["--force"] * force)
        try:
            child = await asyncio.create_subprocess_exec(
                *COMMAND, *arguments, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )  # fmt: skip
        except OSError as error:
            return self._say(f"It cannot be written: {error.strerror}.")
        try:
            output, _ = await child.communicate()
        finally:
            with suppress(ProcessLookupError):
                child.kill()  # the dialogue was closed
        told = " ".join(output.decode(errors="replace").split())
        return self._say(told or ("Written." if child.returncode == 0 else "It could not be written."))

    def _say(self, sentence: str) -> None:
        if self.query("#outcome"):
            self.query_one("#outcome", Static).update(sentence)

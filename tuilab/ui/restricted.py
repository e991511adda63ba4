"""The app for a learner who has this program and nothing else: no way out of it, no file written by a name."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from textual.app import SuspendNotSupported

from tuilab.ui.app import TuilabApp
from tuilab.worker.client import Worker

ISOLATED_WORKER = (sys.executable, "-I", "-m", "tuilab.worker")


class RestrictedApp(TuilabApp):
    """tuilab without Textual's own ways out. An action that is None does not exist: no key or text can name it."""

    action_screenshot = None  # type: ignore[assignment]
    action_suspend_process = None  # type: ignore[assignment]
    action_simulate_key = None  # type: ignore[assignment]

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        settings.setdefault("worker", partial(Worker, command=ISOLATED_WORKER))
        super().__init__(*arguments, **settings)

    def on_mount(self) -> None:
        """Take the stop signal from Textual's driver again. Textual itself calls what the class above has here."""
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Never hand the terminal to another program."""
        raise SuspendNotSupported("restricted")
        yield

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open no browser: it would run on the machine that the learner is only a guest of."""

    def save_screenshot(self, *arguments: Any, **settings: Any) -> str:
        """Write no file."""
        return ""

    def deliver_text(self, *arguments: Any, **settings: Any) -> str | None:
        """Write no file."""
        return None

    def deliver_binary(self, *arguments: Any, **settings: Any) -> str | None:
        """Write no file."""
        return None

"""The learner's own editor: the app steps aside for it and comes back."""

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported


class EditingError(Exception):
    """The editor could not be opened; the text is a sentence."""


def own_editor() -> list[str] | None:
    """The editor that the environment names, with its arguments; None where it names none."""
    for name in ("VISUAL", "EDITOR"):
        try:
            if words := shlex.split(os.environ.get(name, "")):
                return words
        except ValueError:  # a quotation mark that is not closed
            return [os.environ[name]]
    return None


def edit_in(app: App, editor: list[str], file: Path) -> None:
    """Open a file in an editor on this terminal, and wait until it is left. Raises EditingError."""
    try:
        with app.suspend():  # which nothing may be raised in: the app would not come back
            problem = _run((*editor, str(file)))
    except SuspendNotSupported:
        raise EditingError("The screen cannot step aside for an editor here; i opens the one that it has.") from None
    if problem:
        raise EditingError(problem)


def _run(command: tuple[str, ...]) -> str:
    """Run it, and say what went wrong."""
    try:
        with _signals_for_it():
            status = subprocess.run(command, check=False).returncode
    except (OSError, ValueError) as error:  # a name with a zero byte in it
        why = getattr(error, "strerror", None) or str(error)
        return f"{command[0]} cannot be opened: {why}. VISUAL or EDITOR names it; i opens the one here."
    return f"{command[0]} ended with status {status}." if status else ""


@contextmanager
def _signals_for_it() -> Iterator[None]:
    """Keys that stop or break off an editor are for it: with it we stop and go on, and are not ended."""
    mine: dict[signal.Signals, Any] = {
        signal.SIGINT: lambda *_: None,
        signal.SIGTSTP: signal.SIG_DFL,
        signal.SIGCONT: signal.SIG_DFL,
    }
    before = {number: signal.signal(number, handler) for number, handler in mine.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

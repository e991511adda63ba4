"""The real program on a real pseudo-terminal, with a worker of its own."""

import os
import signal
import time
from pathlib import Path

import psutil
import pytest

from tests.support.terminal import MissingError, Terminal, children, home, tuilab

ALLOWED = 2.0  # seconds until nothing of the program may be left


class Program:
    """tuilab on a terminal; `status` is its exit status once it has ended."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.press, self.until, self.gone = terminal.press, terminal.until, terminal.gone

    @property
    def text(self) -> str:
        return self.terminal.text()

    def family(self) -> list[psutil.Process]:
        """The program and its worker."""
        return [psutil.Process(self.terminal.pid), *children(self.terminal.pid)]

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.terminal.pid, number)

    def all_end(self, family: list[psutil.Process], seconds: float = ALLOWED) -> None:
        """Wait until no process of the family is left."""
        deadline = time.monotonic() + seconds
        while any(_lives(process) for process in family):
            if time.monotonic() > deadline:
                raise MissingError(f"still there after {seconds} s: {[p for p in family if _lives(p)]}\n{self.text}")
            time.sleep(0.01)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def opened():
    """`opened("lesson", "2", size=(120, 40))` starts the program, at the test's one home; it is ended with the test."""
    contexts = [home()]
    environ = contexts[0].__enter__()

    def start(*arguments: str, size: tuple[int, int] = (80, 24)) -> Program:
        context = tuilab(*arguments, columns=size[0], rows=size[1], environ=environ)
        contexts.append(context)
        return Program(context.__enter__())

    start.data = Path(environ["XDG_DATA_HOME"], "tuilab")  # where it keeps its records
    yield start
    for context in reversed(contexts):
        context.__exit__(None, None, None)

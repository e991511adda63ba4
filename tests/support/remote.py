"""tuilab over SSH: a terminal whose program is an ssh client, a line in between, and the processes at the far end."""

import os
import shlex
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.support.slowline import SlowLine, Speed
from tests.support.sshd import Server
from tests.support.terminal import PATIENCE, MissingError, Terminal, home

PASSED = ("PATH", "PYTHONPATH", "HOME", "LANG", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


class RemoteTerminal(Terminal):
    """A program of this interpreter at the far end of an ssh client."""

    def __init__(
        self,
        server: Server,
        command: Sequence[str],
        size: tuple[int, int],
        environ: dict[str, str],
        speed: Speed | None = None,
    ) -> None:
        self.environ = environ
        self.line = SlowLine(server.port, speed) if speed else None
        passed = [f"{name}={environ[name]}" for name in PASSED if name in environ]
        words = shlex.join(["env", *passed, sys.executable, *command])
        remote = f"cd {shlex.quote(os.getcwd())} && exec {words}"
        super().__init__(server.command(remote, self.line.port if self.line else None), *size, environ)

    @property
    def data(self) -> Path:
        """Where the program at the far end keeps its records."""
        return Path(self.environ["XDG_DATA_HOME"], "tuilab")

    def far(self) -> list[psutil.Process]:
        """The processes of tuilab at the far end: the UI, then its worker, those that are there."""
        return sorted(family(self.environ["HOME"]), key=_is_worker)

    def ui(self) -> psutil.Process:
        """The UI process at the far end; waits for it."""
        return self._wait_for(0)

    def worker(self) -> psutil.Process:
        """The worker process at the far end; waits for it."""
        return self._wait_for(1)

    def session(self) -> psutil.Process:
        """The server's process that serves this session."""
        parent = self.ui().parent()
        assert parent is not None
        return parent

    def close(self) -> None:
        """End the client, the line, and what may be left at the far end."""
        super().close()  # first: what the client says of a lost line is not for the screen
        if self.line:
            self.line.close()
        for process in self.far():
            with suppress(psutil.NoSuchProcess):
                process.kill()

    def _wait_for(self, place: int) -> psutil.Process:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = self.far()
            if len(found) == 2 or (found and place == 0):
                return found[place]
            time.sleep(0.02)
        raise MissingError(f"There is no such process at the far end:\n{self.text()}")


def family(home_folder: str) -> list[psutil.Process]:
    """All processes of a tuilab by the home that it was given, whoever their parents are by now."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if _is_tuilab(process.cmdline()) and process.environ().get("HOME") == home_folder:
                found.append(process)
    return found


def lives(process: psutil.Process) -> bool:
    """Whether a process runs: one that has ended and that nobody has asked about does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _is_tuilab(words: list[str]) -> bool:
    """Whether a command line is that of this interpreter running a program, not of a client or a shell."""
    return bool(words) and words[0] == sys.executable


def _is_worker(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        return "tuilab.worker" in process.cmdline()
    return True


@contextmanager
def remote(
    server: Server, command: Sequence[str], columns: int = 80, rows: int = 24, speed: Speed | None = None
) -> Iterator[RemoteTerminal]:
    """Any program of this interpreter over SSH, by its arguments."""
    with home() as environ:
        terminal = RemoteTerminal(server, command, (columns, rows), environ, speed)
        try:
            yield terminal
        finally:
            terminal.close()


@contextmanager
def remote_tuilab(
    server: Server, *arguments: str, columns: int = 80, rows: int = 24, speed: Speed | None = None
) -> Iterator[RemoteTerminal]:
    """tuilab over SSH."""
    with remote(server, ["-m", "tuilab", *arguments], columns, rows, speed) as terminal:
        yield terminal

"""Drives a program on a pseudo-terminal with pyte as its screen: presses keys, waits for text, counts bytes.

The terminal answers as a real one does (CSI 6 n, CSI c), so what waits for an answer is measured with it. A
thread reads and draws what the program sends; who waits for text is woken by each drawing: nothing is polled.
"""

import base64
import fcntl
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

import psutil
import pyte

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "space": " ",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "left": "\x1b[D",
    "right": "\x1b[C",
}
PATIENCE = 30.0  # seconds until a text that does not come is a failure


class MissingError(AssertionError):
    """What was waited for did not come; the message holds the screen."""


class Emulator(pyte.Screen):
    """A screen whose answers go back to the program."""

    def __init__(self, columns: int, rows: int, answer: Callable[[str], None]) -> None:
        super().__init__(columns, rows)
        self.answer = answer

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class Clipboard:
    """Finds what a program hands to the clipboard among what it sends, in however many pieces that comes."""

    BEGIN, END = b"\x1b]52;c;", b"\x07"

    def __init__(self, copied: list[str]) -> None:
        self.copied, self._rest = copied, b""

    def read(self, data: bytes) -> None:
        *whole, self._rest = (self._rest + data).split(self.END)
        for each in whole:
            _, begun, encoded = each.rpartition(self.BEGIN)
            if begun:
                self.copied.append(base64.b64decode(encoded, validate=True).decode())
        self._rest = self._rest[max(0, self._rest.rfind(self.BEGIN)) :] if self.BEGIN in self._rest else self._rest[-6:]


class Terminal:
    """A program on a terminal of its own, from its start to `close`."""

    def __init__(self, command: Sequence[str], columns: int, rows: int, environ: dict[str, str]) -> None:
        self.environ = environ
        self.screen = Emulator(columns, rows, self.write)
        self.stream = pyte.ByteStream(self.screen)
        self.sent = 0  # bytes from the program
        self.copied: list[str] = []  # that the terminal was told to copy, oldest first (OSC 52)
        self._clipboard = Clipboard(self.copied)
        self.drawn = threading.Condition()
        self._open = True
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            _become(command, columns, rows, environ)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def write(self, text: str) -> None:
        """Send what a keyboard, or the terminal itself, would send."""
        os.write(self.fd, text.encode())

    def press(self, *keys: str) -> float:
        """Press keys, and return when the last one was pressed."""
        for key in keys:
            pressed = time.perf_counter()
            self.write(KEYS.get(key, key))
        return pressed

    def text(self) -> str:
        """What stands on the screen."""
        with self.drawn:
            return self._text()

    def until(self, condition: str | Callable[[str], object], patience: float = PATIENCE) -> float:
        """Wait until a text stands on the screen, or a condition on its text holds; return when that was."""
        holds = condition if callable(condition) else lambda text: condition in text
        with self.drawn:
            if not self.drawn.wait_for(lambda: holds(self._text()), patience):
                raise MissingError(f"{condition!r} did not come within {patience:.0f} s:\n{self._text()}")
            return time.perf_counter()

    def gone(self, text: str) -> float:
        """Wait until a text has left the screen; return when that was."""
        return self.until(lambda screen: text not in screen)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        self._open = False
        self._reader.join()
        os.close(self.fd)

    def close(self) -> None:
        """End the program and its children."""
        family = [psutil.Process(self.pid), *children(self.pid)]
        if self._open:
            self.hang_up()
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        os.waitpid(self.pid, 0)
        psutil.wait_procs(family[1:], 10)

    def _text(self) -> str:
        return "\n".join(self.screen.display)

    def _read(self) -> None:
        while self._open:
            ready, _, _ = select.select([self.fd], [], [], 0.05)
            try:
                data = os.read(self.fd, 65536) if ready else b""
            except OSError:  # the program has ended
                return
            if data:
                with self.drawn:
                    self.sent += len(data)
                    self._clipboard.read(data)
                    self.stream.feed(data)
                    self.drawn.notify_all()


def _become(command: Sequence[str], columns: int, rows: int, environ: dict[str, str]) -> None:
    """In the child: take the size of the terminal and turn into the program."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execvpe(command[0], list(command), environ)
    finally:
        os._exit(127)


@contextmanager
def home() -> Iterator[dict[str, str]]:
    """An environment as over SSH (256 colours), with folders of its own."""
    with tempfile.TemporaryDirectory(prefix="tuilab-bench-") as folder:
        given = os.environ.items()
        environ = {name: value for name, value in given if not name.startswith(("TEXTUAL", "COLORTERM"))}
        for name in ("DATA", "STATE", "CONFIG", "CACHE"):
            environ[f"XDG_{name}_HOME"] = str(Path(folder, name.lower()))
        yield environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": folder}


@contextmanager
def program(
    command: Sequence[str], columns: int, rows: int, environ: dict[str, str] | None = None
) -> Iterator[Terminal]:
    """Any program of this interpreter, by its arguments, on a terminal of a size; with a home of its own or a given."""
    with home() if environ is None else nullcontext(environ) as given:
        terminal = Terminal([sys.executable, *command], columns, rows, given)
        try:
            yield terminal
        finally:
            terminal.close()


def tuilab(
    *arguments: str, columns: int = 120, rows: int = 40, environ: dict[str, str] | None = None
) -> AbstractContextManager[Terminal]:
    """tuilab on a terminal."""
    return program(["-m", "tuilab", *arguments], columns, rows, environ)


def open_by_its_words(terminal: Terminal, words: str, other: str) -> None:
    """At home, open what is said to be `words`, by typing them; `other` is a lab that they leave out."""
    terminal.press("/", *words)
    terminal.until(lambda text: other not in text)
    terminal.press("enter")


def children(pid: int) -> list[psutil.Process]:
    """The processes that a process has started."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []


def worker_of(terminal: Terminal) -> int:
    """The id of the worker process."""
    return next(child.pid for child in children(terminal.pid) if "tuilab.worker" in child.cmdline())


def cpu_seconds(pid: int) -> float:
    """Processor time that a process itself has used."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def pss(pid: int) -> float:
    """Proportional set size of a process, in MiB."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(rollup.partition("\nPss:")[2].split()[0]) / 1024

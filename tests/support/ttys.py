"""The kinds of terminal that tuilab is tried on: what their environments say, and how such a terminal behaves."""

import fcntl
import struct
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.support.terminal import Terminal, home

KINDS = {
    "truecolour": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "xterm-256color": {"TERM": "xterm-256color"},
    "screen-256color": {"TERM": "screen-256color", "STY": "1.pts-0.here"},
    "tmux-256color": {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"},
    "xterm": {"TERM": "xterm"},
    "screen": {"TERM": "screen", "STY": "1.pts-0.here"},
    "linux": {"TERM": "linux"},
    "vt100": {"TERM": "vt100"},
    "no-color": {"TERM": "xterm-256color", "NO_COLOR": "1"},
    "LANG=C": {"TERM": "xterm-256color", "LANG": "C"},
    "latin-1": {"TERM": "xterm", "LANG": "de_DE.ISO-8859-1"},
    "over SSH": {"TERM": "xterm-256color", "SSH_TTY": "/dev/pts/0"},
    "light": {"TERM": "xterm-256color"},
    "light in 16 colours": {"TERM": "xterm"},
    "ansi": {"TERM": "xterm-256color"},
}
OPTIONS = {"light": ("--theme", "light"), "light in 16 colours": ("--theme", "light"), "ansi": ("--theme", "ansi")}
_OURS = ("COLORTERM", "NO_COLOR", "TMUX", "STY", "SSH_TTY", "SSH_CONNECTION", "LC_ALL", "LC_CTYPE", "TERM_PROGRAM")


class Silent(Terminal):
    """A terminal that never answers a query."""

    def __init__(self, *about) -> None:
        super().__init__(*about)
        self.screen.answer = lambda _: None


class Late(Terminal):
    """A terminal that answers a while after it was asked."""

    DELAY = 2.6  # longer than a terminal is waited for that has not answered yet

    def __init__(self, *about) -> None:
        super().__init__(*about)
        self.screen.answer = self._later

    def _later(self, data: str) -> None:
        timer = threading.Timer(self.DELAY, self._if_open, [data])
        timer.daemon = True
        timer.start()

    def _if_open(self, data: str) -> None:
        with suppress(OSError):
            self.write(data)


class Twice(Terminal):
    """A terminal that gives each answer twice."""

    def __init__(self, *about) -> None:
        super().__init__(*about)
        self.screen.answer = lambda data: self.write(data + data)


@contextmanager
def tuilab_on(
    environment: dict[str, str], *arguments: str, size: tuple[int, int] = (80, 24), kind: type[Terminal] = Terminal
) -> Iterator[Terminal]:
    """tuilab on a terminal of some kind; nothing of our own terminal shines through."""
    with home() as environ:
        bare = {name: value for name, value in environ.items() if name not in _OURS}
        command = [sys.executable, "-m", "tuilab", *arguments]
        terminal = kind(command, *size, bare | environment)
        try:
            yield terminal
        finally:
            terminal.close()


def resize(terminal: Terminal, columns: int, rows: int) -> None:
    """Give a terminal another size; the program is told by SIGWINCH."""
    with terminal.drawn:
        terminal.screen.resize(rows, columns)
    fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

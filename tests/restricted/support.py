"""An environment like the one of the recipe, whose Python can run isolated and is watched."""

import os
import select
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.restricted.watch import Log
from tests.support.terminal import PATIENCE, Terminal, children

ESCAPE = "\x1b[27u"  # said at length: a bare one would make the next key one with alt
LEAVE = "\x11"
CHECKOUT = Path(__file__).parents[2]


def make_environment(folder: Path, log: Path, base: str = sys.executable) -> str:
    """Make an environment that holds what is here; the path of its Python."""
    subprocess.run((base, "-m", "venv", "--without-pip", str(folder)), check=True)
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    lines = [
        str(CHECKOUT),
        sysconfig.get_path("purelib"),
        f"import sys; sys.dont_write_bytecode = True; from tests.restricted import watch; watch.begin({str(log)!r})",
    ]
    (folder / "lib" / version / "site-packages" / "watched.pth").write_text("\n".join(lines) + "\n")
    return str(folder / "bin" / "python")


class Restricted:
    """tuilab --restricted on a terminal, in a home of its own, watched."""

    def __init__(self, terminal: Terminal, home: Path, log: Log) -> None:
        self.terminal, self.home, self.log = terminal, home, log
        self.press, self.until, self.gone = terminal.press, terminal.until, terminal.gone

    def stays_inside(self, most: float | None = None, leaving: str = f"\x0c{LEAVE}") -> None:
        """After all keys it is left by its own key; it started nothing but workers, wrote and called nowhere else.

        That it ends well says that every key before was taken, and that none of them was its end.
        """
        worker = ["-I", "-m", "tuilab.worker"]
        own = psutil.Process(self.terminal.pid).cmdline()[1:]  # a worker's, for the moment before it is one
        names = [child.cmdline()[1:] for child in children(self.terminal.pid)]
        assert all(name in (worker, own) for name in names), names
        if most is not None:
            assert self.memory < most
        self.press(*leaving)
        assert self.ends() == 0, self.terminal.text()
        for executable, arguments, *_ in self.log.started:
            assert "tuilab.worker" in arguments and "'-I'" in arguments, (executable, arguments)
        assert not self.log.lines
        elsewhere = {path for path in self.log.written if not Path(path).is_relative_to(self.home)}
        own_share = "/proc/self/autogroup"  # of the processors, which a worker makes smaller
        assert elsewhere <= {"/dev/null", "/dev/tty", own_share, str(self.log.path)}, elsewhere

    def ends(self) -> int:
        """Wait for its end; its exit status."""
        descriptor = os.pidfd_open(self.terminal.pid)
        try:
            ended, _, _ = select.select([descriptor], [], [], PATIENCE)
        finally:
            os.close(descriptor)
        assert ended, f"it goes on:\n{self.terminal.text()}"
        left = os.waitid(os.P_PID, self.terminal.pid, os.WEXITED | os.WNOWAIT)
        assert left is not None
        return left.si_status

    @property
    def memory(self) -> float:
        """What the screen's process holds, in MiB."""
        return psutil.Process(self.terminal.pid).memory_info().rss / 2**20


@contextmanager
def restricted(python: str, home: Path, log: Log, *arguments: str, **environ: str) -> Iterator[Restricted]:
    """tuilab as sshd would start it."""
    given = {"HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"} | environ
    command = [python, "-I", "-m", "tuilab", "--restricted", *arguments]
    terminal = Terminal(command, 80, 24, given)
    try:
        yield Restricted(terminal, home, log)
    finally:
        terminal.close()

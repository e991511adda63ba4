"""Inside a real GNU screen: keys through stuff, the screen through hardcopy."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.terminal import PATIENCE, home

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("screen") is None, reason="GNU screen is not installed"),
]
NAME = "tuilab"


class GnuScreen:
    """A session of GNU screen of the test's own, with one window, that nobody looks at."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self.copy, self.environ = folder / "hardcopy", environ

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(["screen", "-U", "-c", os.devnull, "-S", NAME, "-D", "-m", *command], env=self.environ)

    def do(self, *command: str) -> int:
        words = ["screen", "-S", NAME, "-p", "0", "-X", *command]
        return subprocess.run(words, env=self.environ, capture_output=True, check=False).returncode

    def text(self) -> str:
        """The window as it is; screen writes it when it comes to that."""
        self.copy.unlink(missing_ok=True)
        if self.do("hardcopy", str(self.copy)):
            return ""  # the session is not there yet
        deadline = time.monotonic() + PATIENCE
        while not self.copy.exists():
            assert time.monotonic() < deadline, "screen wrote no copy of its window"
            time.sleep(0.02)
        return self.copy.read_text("utf-8", errors="replace")

    def until(self, wanted: str) -> str:
        """Look again and again: screen tells nobody that its window has changed."""
        deadline = time.monotonic() + PATIENCE
        while wanted not in (text := self.text()):
            assert time.monotonic() < deadline, f"{wanted!r} did not come:\n{text}"
            time.sleep(0.1)
        return text


@pytest.fixture
def inside(tmp_path):
    sockets = tmp_path / "sockets"
    sockets.mkdir(mode=0o700)
    with home() as environ:
        given = {name: value for name, value in environ.items() if name not in ("TMUX", "TMUX_PANE", "STY", "TERM")}
        screen = GnuScreen(tmp_path, given | {"TERM": "xterm", "SCREENDIR": str(sockets)})
        session = screen.start(sys.executable, "-m", "tuilab", "open", "forecast")
        yield screen
        screen.do("quit")
        session.terminate()
        session.wait(10)


def test_a_run_inside_gnu_screen(inside):
    inside.until("space trains")
    inside.do("stuff", " ")
    inside.until("running   loss")
    inside.until("held-out stretch")
    inside.do("stuff", " ")
    text = inside.until("paused   loss")
    assert "[?" not in text and "Traceback" not in text
    inside.do("stuff", "q")
    inside.until("LABS")
    inside.do("stuff", "?")
    inside.until("esc closes")

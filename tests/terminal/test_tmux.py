"""Inside a real tmux: keys through send-keys, the screen through capture-pane."""

import os
import shutil
import subprocess
import sys
import time

import pytest

from tests.support.terminal import PATIENCE, home

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]


class Tmux:
    """A tmux server of the test's own, with one session."""

    def __init__(self, socket: str, environ: dict[str, str]) -> None:
        self.socket, self.environ = socket, environ

    def do(self, *command: str) -> str:
        done = subprocess.run(
            ["tmux", "-f", os.devnull, "-S", self.socket, *command],
            env=self.environ, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def until(self, wanted: str) -> str:
        """Look again and again: tmux tells nobody that its screen has changed."""
        deadline = time.monotonic() + PATIENCE
        while wanted not in (text := self.do("capture-pane", "-p")):
            assert time.monotonic() < deadline, f"{wanted!r} did not come:\n{text}"
            time.sleep(0.05)
        return text


@pytest.fixture
def tmux(tmp_path):
    with home() as environ:
        given = {name: value for name, value in environ.items() if name not in ("TMUX", "TMUX_PANE", "STY")}
        server = Tmux(str(tmp_path / "socket"), given)
        program = f"exec '{sys.executable}' -m tuilab open forecast"
        server.do("new-session", "-d", "-x", "80", "-y", "24", program)
        yield server
        subprocess.run(["tmux", "-S", server.socket, "kill-server"], env=given, capture_output=True, check=False)


def test_a_run_inside_tmux(tmux):
    tmux.until("space trains")
    tmux.do("send-keys", "Space")
    tmux.until("running   loss")
    tmux.do("resize-window", "-x", "120", "-y", "40")
    tmux.until("held-out stretch")
    tmux.do("send-keys", "Space")
    text = tmux.until("paused   loss")
    assert "[?" not in text and "Traceback" not in text
    tmux.do("send-keys", "q")
    tmux.until("LABS")
    tmux.do("send-keys", "?")
    tmux.until("esc closes")

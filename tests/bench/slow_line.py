"""Over SSH and a slow line, 80x24: how long a key takes to its answer while charts are drawn, and how many they are.

The forecast lab trains; `?` is pressed and its whole help waited for, then `?` again until the lab stands there as
before; both count. A chart frame is a change of the step in the progress line. The naive app (naive.py) beside it has
the command palette for a key; it is given 30 seconds to show it.
"""

import random
import sys
import time
from pathlib import Path

from tests.bench import naive
from tests.bench.report import Row, percentile, show
from tests.bench.training import begin, next_progress, progress
from tests.support.remote import RemoteTerminal, remote, remote_tuilab
from tests.support.slowline import MOBILE, MODEM, Speed
from tests.support.sshd import Server, server
from tests.support.terminal import MissingError

MOST = {MODEM: 1.0, MOBILE: 0.25}
FRAMES = {MOBILE: 4.0}
SPELLING = "forecast steps=150000"  # long enough to last, short enough that its curves move
FIRST, LAST = "space trains, pauses and goes on", "esc closes"
PATIENCE = 30.0


def measure(laps: int = 40, seconds: float = 15.0) -> list[Row]:
    """Both lines, ours and the naive app on each."""
    rows = []
    with server() as there:
        for speed in MOST:
            rows += _ours(there, speed, laps, seconds, _naive(there, speed))
    return rows


def _ours(there: Server, speed: Speed, laps: int, seconds: float, compared: str) -> list[Row]:
    pauses = random.Random(1)
    with remote_tuilab(there, "open", SPELLING, speed=speed) as terminal:
        begin(terminal)
        _lap(terminal)  # imports the help
        times: list[float] = []
        for _ in range(laps):
            next_progress(terminal)
            time.sleep(pauses.uniform(0.1, 0.7))
            times += _lap(terminal)
        frames, rate = _frames(terminal, seconds)
        assert progress(terminal.text()), "it trained to the end"
    found, most = percentile(times, 0.95), MOST[speed]
    measured = f"p95 {found * 1000:.0f} ms (median {percentile(times, 0.5) * 1000:.0f})"
    rows = [Row(f"key, {speed}", measured, compared, None, f"at most {most * 1000:.0f} ms", found <= most)]
    least = FRAMES.get(speed, 0.0)
    asked = f"at least {least:.0f}/s" if least else ""
    rows.append(Row(f"charts, {speed}", f"{frames:.2f}/s, {rate:.1f} KB/s", "", None, asked, frames >= least))
    return rows


def _lap(terminal: RemoteTerminal) -> list[float]:
    """Open the help and close it; how long each took."""
    pressed = terminal.press("?")
    opened = terminal.until(lambda text: FIRST in text and LAST in text) - pressed
    pressed = terminal.press("?")
    return [opened, terminal.until(lambda text: LAST not in text and _whole(text)) - pressed]


def _whole(text: str) -> bool:
    """Whether the lab's last line and what the help has covered stand there again."""
    return "f Settings" in text and "gradient norm (log)" in text and progress(text) is not None


def _frames(terminal: RemoteTerminal, seconds: float) -> tuple[float, float]:
    """Chart frames and KB a second, by the clock on the wall."""
    begun, sent, count = next_progress(terminal)[1], terminal.sent, 0
    ended = begun
    while ended - begun < seconds:
        ended = next_progress(terminal)[1]
        count += 1
    return count / (ended - begun), (terminal.sent - sent) / 1024 / (ended - begun)


def _naive(there: Server, speed: Speed) -> str:
    with remote(there, [str(Path(naive.__file__))], speed=speed) as terminal:
        try:
            terminal.until("norm")
            time.sleep(5)
            pressed = terminal.press("\x10")
            seen = terminal.until("Search for commands", PATIENCE)
        except MissingError:
            return f"no answer in {PATIENCE:.0f} s, naive app"
    return f"{(seen - pressed) * 1000:.0f} ms, naive app"


if __name__ == "__main__":
    sys.exit(show(measure()))

"""Training steps a second with charts on screen, 120x40, against the same run headless.

Both are counted by the clock on the wall, over the same time, in turns: on the screen from one change of the
progress line to another, headless from the lines of `tuilab run ... --json`. Both train on one thread; the worker
lowers its priority by 10, so the headless run is given the same. One is paused while the other one runs.
"""

import subprocess
import sys
import time
from statistics import median

import msgspec
import psutil

from tests.bench.report import Row, show
from tests.bench.training import begin, next_progress
from tests.support.terminal import Terminal, home, tuilab

LEAST, NICE, WARM_UP = 0.95, 10, 1.0
SPELLING = "forecast steps=1000000"


def measure(rounds: int = 5, seconds: float = 10.0) -> list[Row]:
    """Train with a screen and without in turns."""
    shown, headless = [], []
    with tuilab("open", SPELLING) as terminal:
        begin(terminal)
        for _ in range(rounds):
            shown.append(_on_screen(terminal, seconds))
            terminal.press("space")
            terminal.until("paused")
            headless.append(_headless(seconds))
            terminal.press("space")
            terminal.until("running")
    ratio = median(shown) / median(headless)
    compared = f"{median(headless):.0f} steps/s, headless"
    asked = f"at least {LEAST} times"
    return [Row("training rate", f"{median(shown):.0f} steps/s", compared, ratio, asked, ratio >= LEAST)]


def _on_screen(terminal: Terminal, seconds: float) -> float:
    time.sleep(WARM_UP)
    first, begun = next_progress(terminal)
    time.sleep(seconds)
    last, ended = next_progress(terminal)
    return (last - first) / (ended - begun)


def _headless(seconds: float) -> float:
    command = [sys.executable, "-m", "tuilab", "run", SPELLING, "--json"]
    with home() as environ, subprocess.Popen(command, stdout=subprocess.PIPE, env=environ) as process:
        psutil.Process(process.pid).nice(NICE)
        try:
            return _rate(process, seconds)
        finally:
            process.kill()


def _rate(process: subprocess.Popen[bytes], seconds: float) -> float:
    assert process.stdout is not None
    started = begun = first = None
    for line in process.stdout:
        now = time.perf_counter()
        event = msgspec.json.decode(line)
        if event["event"] != "step":
            continue
        started = started or now
        if begun is None and now - started >= WARM_UP:
            begun, first = now, event["step"]
        elif begun is not None and now - begun >= seconds:
            return (event["step"] - first) / (now - begun)
    raise AssertionError("the headless run ended early")


if __name__ == "__main__":
    sys.exit(show(measure()))

"""The line stands still for 30 seconds while the forecast lab trains over SSH, open and silent, or its client stopped.

Training goes on at its rate, the memory of the UI stays as it is, and the screen is right soon after the line goes
on. How far the training is by itself says the worker's processor time; steps are read from the screen before and
after, and divided by the time between them.
"""

import os
import signal
import time
from collections.abc import Callable
from functools import partial

from tests.bench.report import Row, show
from tests.bench.training import begin, next_progress, progress, quiet
from tests.support.remote import RemoteTerminal, remote_tuilab
from tests.support.slowline import MODEM
from tests.support.sshd import server
from tests.support.terminal import pss

LEAST, MOST_GROWTH, MOST_WAIT = 0.95, 1.0, 2.0  # times; MiB; seconds
SPELLING = "forecast steps=1000000"


def measure(seconds: float = 30.0) -> list[Row]:
    """Both ways to stand still."""
    rows = []
    with server() as there:
        with remote_tuilab(there, "open", SPELLING, speed=MODEM) as terminal:
            assert terminal.line is not None
            rows += _freeze("line frozen", terminal, seconds, terminal.line.freeze, terminal.line.thaw)
        with remote_tuilab(there, "open", SPELLING, speed=MODEM) as terminal:
            stop, go_on = (partial(os.kill, terminal.pid, number) for number in (signal.SIGSTOP, signal.SIGCONT))
            rows += _freeze("client stopped", terminal, seconds, stop, go_on)
    return rows


def _freeze(
    name: str, terminal: RemoteTerminal, seconds: float, freeze: Callable[[], None], thaw: Callable[[], None]
) -> list[Row]:
    begin(terminal)
    ui = terminal.ui().pid
    time.sleep(5)
    first, begun = next_progress(terminal)
    time.sleep(seconds / 2)
    last, ended = next_progress(terminal)
    rate = (last - first) / (ended - begun)
    memory = pss(ui)
    freeze()
    time.sleep(seconds)
    growth = pss(ui) - memory
    thawed = time.perf_counter()
    thaw()
    expected = last + LEAST * rate * (time.perf_counter() - ended)
    caught_up = terminal.until(lambda text: (progress(text) or (0, 0))[0] >= expected or None)
    wait = caught_up - thawed
    step, now = next_progress(terminal)
    during = (step - last) / (now - ended)
    right = _is_right(terminal)
    return [
        Row(
            f"training, {name}",
            f"{during:.0f} steps/s",
            f"{rate:.0f} steps/s before",
            during / rate,
            f"at least {LEAST} times",
            during >= LEAST * rate,
        ),
        Row(f"memory of the UI, {name}", f"{growth:+.1f} MiB", "", None, f"at most +{MOST_GROWTH:.0f} MiB", growth < 1),
        Row(
            f"screen, {name}",
            f"{wait:.1f} s, {'right' if right else 'wrong'}",
            "",
            None,
            f"right within {MOST_WAIT:.0f} s",
            right and wait <= MOST_WAIT,
        ),
    ]


def _is_right(terminal: RemoteTerminal) -> bool:
    """Whether the paused screen is what drawing everything again makes of it."""
    terminal.press("space")
    terminal.until("paused   loss")
    quiet(terminal)
    before = terminal.text()
    terminal.press("\x0c")
    quiet(terminal)
    return terminal.text() == before


if __name__ == "__main__":
    show(measure())

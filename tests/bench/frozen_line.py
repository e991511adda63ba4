"""The line stands still for 30 seconds while the forecast lab trains over SSH, open and silent, or its client stopped.

Steps a second are counted by the clock on the wall, from one drawn step to another, with the line going and frozen in
turns, because a machine is not the same all the time; medians, of the turns' ratios too. The screen counts as right
from the first drawn step that is no more than a second behind what the training, seen later, must have come to; and at
the end, paused, it must be what drawing everything again makes of it. Memory is that of the UI, after each frozen time
against before it.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from statistics import median

from tests.bench.report import Row, show
from tests.bench.training import begin, next_progress, quiet
from tests.support.remote import RemoteTerminal, remote_tuilab
from tests.support.slowline import MODEM
from tests.support.sshd import server
from tests.support.terminal import pss

LEAST, MOST_GROWTH, MOST_WAIT = 0.95, 1.0, 2.0  # times; MiB; seconds
SPELLING = "forecast steps=1000000"
BEHIND, WATCHED = 1.0, 5.0  # seconds


@dataclass
class Found:
    """What the rounds have found: steps a second with the line going and frozen, growth in MiB, waits in seconds."""

    going: list[float] = field(default_factory=list)
    frozen: list[float] = field(default_factory=list)
    growths: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


def measure(rounds: int = 3, seconds: float = 30.0) -> list[Row]:
    """Both ways to stand still."""
    rows = []
    with server() as there:
        with remote_tuilab(there, "open", SPELLING, speed=MODEM) as terminal:
            assert terminal.line is not None
            found = _rounds(terminal, rounds, seconds, terminal.line.freeze, terminal.line.thaw)
            rows += _rows("line frozen", found, _is_right(terminal))
        with remote_tuilab(there, "open", SPELLING, speed=MODEM) as terminal:
            stop, go_on = (partial(os.kill, terminal.pid, number) for number in (signal.SIGSTOP, signal.SIGCONT))
            found = _rounds(terminal, rounds, seconds, stop, go_on)
            rows += _rows("client stopped", found, _is_right(terminal))
    return rows


def _rounds(
    terminal: RemoteTerminal, rounds: int, seconds: float, freeze: Callable[[], None], thaw: Callable[[], None]
) -> Found:
    begin(terminal)
    ui, found = terminal.ui().pid, Found()
    time.sleep(5)
    for _ in range(rounds):
        first, begun = next_progress(terminal)
        time.sleep(seconds)
        last, ended = next_progress(terminal)
        memory = pss(ui)
        freeze()
        time.sleep(seconds)
        found.growths.append(pss(ui) - memory)
        thaw()
        wait, (step, seen) = _catch_up(terminal)
        found.waits.append(wait)
        found.going.append((last - first) / (ended - begun))
        found.frozen.append((step - last) / (seen - ended))
    return found


def _catch_up(terminal: RemoteTerminal) -> tuple[float, tuple[int, float]]:
    """Seconds from now until what is drawn is current, and the step that was drawn then, with its time."""
    now = time.perf_counter()
    drawn = []
    while time.perf_counter() - now < WATCHED:
        drawn.append(next_progress(terminal))
    (middle, then), (last, at) = drawn[len(drawn) // 2], drawn[-1]
    rate = (last - middle) / (at - then)
    current = next((step, seen) for step, seen in drawn if step >= last - rate * (at - seen + BEHIND))
    return current[1] - now, current


def _rows(name: str, found: Found, right: bool) -> list[Row]:
    frozen, going = median(found.frozen), median(found.going)
    ratio = median(one / other for one, other in zip(found.frozen, found.going, strict=True))
    growth, wait = max(found.growths), max(found.waits)
    rate, compared = f"{frozen:.0f} steps/s", f"{going:.0f} steps/s, line going"
    screen = f"{wait:.1f} s, {'right' if right else 'wrong'}"
    return [
        Row(f"training, {name}", rate, compared, ratio, f"at least {LEAST} times", ratio >= LEAST),
        Row(
            f"memory of the UI, {name}",
            f"{growth:+.1f} MiB",
            "",
            None,
            f"at most +{MOST_GROWTH:.0f} MiB",
            growth <= MOST_GROWTH,
        ),
        Row(f"screen, {name}", screen, "", None, f"right within {MOST_WAIT:.0f} s", right and wait <= MOST_WAIT),
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
    sys.exit(show(measure()))

"""Sudden ends over SSH at random moments: hang-ups, and kills of the client, of the UI, of the worker.

`python -m tests.bench.sudden_ends 200 1` ends it 200 times, the moments drawn from seed 1; about 20 minutes. Every
other time a lesson is read and its lab trains, every other time the lab by itself trains for long. Two seconds after
each end no process may be left, and no record may be unreadable. Where runs are kept, the last save is compared with
the step that the training had come to.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle

import psutil

from tests.bench.report import Row, show
from tests.bench.training import next_progress, progress
from tests.support.records import faults, saved_steps
from tests.support.remote import RemoteTerminal, lives, remote_tuilab
from tests.support.sshd import server
from tests.support.terminal import MissingError

ALLOWED, MOST_LOST = 2.0, 1.0  # seconds
LONGEST = 6.0  # seconds from the start to the end
LONG, SHORT = ("open", "forecast steps=1000000"), ("lesson", "6")

End = Callable[[RemoteTerminal], None]


@dataclass
class Found:
    """What the ends have left."""

    ends: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    lost: list[float] = field(default_factory=list)
    not_kept: int = 0


def measure(times: int = 200, seed: int = 1) -> list[Row]:
    """End it so many times."""
    found, draw = Found(), random.Random(seed)
    with server() as there:
        for number, (name, end) in zip(range(times), cycle(ENDS.items()), strict=False):
            found.ends[name] = found.ends.get(name, 0) + 1
            long = number // len(ENDS) % 2 == 1
            with remote_tuilab(there, *(LONG if long else SHORT)) as terminal:
                _end(terminal, found, f"{number} ({name})", end, _until_the_moment(terminal, draw, long))
    for sentence in found.left + found.unreadable:
        print(sentence, file=sys.stderr)
    ends = ", ".join(f"{count} {name}" for name, count in found.ends.items())
    lost = f"at most {max(found.lost):.2f} s in {len(found.lost)} runs" if found.lost else "not kept"
    if found.not_kept:
        lost += f", {found.not_kept} ended before the first save"
    kept = bool(found.lost) and max(found.lost) <= MOST_LOST
    return [
        Row("sudden ends: processes left", str(len(found.left)), ends, None, "0 after 2 s", not found.left),
        Row("sudden ends: records unreadable", str(len(found.unreadable)), "", None, "0", not found.unreadable),
        Row("sudden ends: training lost", lost, "", None, f"at most {MOST_LOST:.0f} s", kept),
    ]


def _end(terminal: RemoteTerminal, found: Found, name: str, end: End, came_to: tuple[float, int] | None) -> None:
    """End it, and look what is left; `came_to` is the step of a long training at this moment, and its rate."""
    family = terminal.far()
    end(terminal)
    if left := _left(terminal, family):
        found.left.append(f"{name}: {left}")
    found.unreadable += [f"{name}: {fault}" for fault in faults(terminal.data)]
    if came_to is not None:
        step, rate = came_to
        saves = saved_steps(terminal.data)
        last = saves[0] if saves else 0  # ended before its first save, all of it is lost
        found.lost.append(max(0.0, (step - last) / rate))
        found.not_kept += not saves


def _until_the_moment(terminal: RemoteTerminal, draw: random.Random, long: bool) -> tuple[float, int] | None:
    """Read and train up to a moment drawn at random; the step that a long training has come to, and its rate."""
    moment = terminal.started + draw.uniform(0.3, LONGEST)

    def left() -> float:
        return max(0.0, moment - time.perf_counter())

    try:
        if long:
            terminal.until(lambda text: "space trains" in text and "loading" not in text, left())
            terminal.press("space")
        else:
            terminal.until("After this lesson", left())
            terminal.press("nnnnnn\t ")
        terminal.until(progress, left())
    except MissingError:
        return None
    time.sleep(left())
    if not long:
        return None
    step, seen = next_progress(terminal)
    time.sleep(draw.uniform(0.0, 0.3))
    found = progress(terminal.text())
    rate = found[1] if found and found[1] else 1
    return step + rate * (time.perf_counter() - seen), rate


def _left(terminal: RemoteTerminal, family: list[psutil.Process]) -> str:
    """What still runs when all should have gone; processes that were only being started count too."""
    deadline = time.monotonic() + ALLOWED
    while time.monotonic() < deadline:
        if not any(lives(process) for process in [*family, *terminal.far()]):
            return ""
        time.sleep(0.05)
    return ", ".join(" ".join(process.cmdline()[1:4]) for process in terminal.far() if lives(process))


def _hang_up(terminal: RemoteTerminal) -> None:
    terminal.hang_up()


def _kill_client(terminal: RemoteTerminal) -> None:
    os.kill(terminal.pid, signal.SIGKILL)


def _kill_ui(terminal: RemoteTerminal) -> None:
    terminal.ui().kill()


def _kill_worker(terminal: RemoteTerminal) -> None:
    """Without its worker the program goes on, and says so; then it is hung up."""
    terminal.worker().kill()
    terminal.until("ctrl+r starts it again")
    terminal.hang_up()


ENDS = {"hang-ups": _hang_up, "client kills": _kill_client, "UI kills": _kill_ui, "worker kills": _kill_worker}


if __name__ == "__main__":
    sys.exit(show(measure(*map(int, sys.argv[1:]))))

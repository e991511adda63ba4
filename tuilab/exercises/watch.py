"""Watches a check as it runs: reads what it prints, and at a limit ends it with all that it has started."""

import os
import resource
import select
import sys
import time
from dataclasses import dataclass, field

from tuilab.exercises.processes import below, end_all_below
from tuilab.exercises.verdict import MEGABYTE, Limits

LOOK, COUNT = 0.02, 0.05  # seconds from one look to the next, and from one count of the processes
GRACE = 1.0  # seconds: at its limit the check ends itself, and says which line it was at
_PIECE = 1 << 16


class HungUp(Exception):
    """Who asked for the check has gone."""


@dataclass
class Ended:
    """How a check ended: its status, which limit it reached, what it printed and what it reported."""

    status: int = 0
    limit: str = ""
    printed: bytearray = field(default_factory=bytearray)
    report: bytearray = field(default_factory=bytearray)
    seconds: float = 0.0


def watch(child: int, output: int, report: int, limits: Limits, grace: float = GRACE) -> Ended:
    """Watch a child until nothing of it is left. Raises HungUp where standard input is closed; all has ended then."""
    ended, began = Ended(), time.monotonic()
    into = {output: ended.printed, report: ended.report}
    for descriptor in into:
        os.set_blocking(descriptor, False)
    try:
        counted = 0.0
        while True:
            _read_all(into, LOOK)
            pid, status = os.waitpid(child, os.WNOHANG)
            if pid:
                ended.status = status
                break
            now = time.monotonic()
            if now - counted > COUNT:
                counted, ended.limit = now, _too_many(limits)
            if len(ended.printed) > limits.printed:
                ended.limit = f"it printed more than {limits.printed / MEGABYTE:g} MB"
            if now - began > limits.seconds + grace:
                ended.limit = out_of_time(limits)
            if ended.limit:
                break
    finally:
        end_all_below(os.getpid(), child)
    _read_all(into, 0)
    ended.seconds = time.monotonic() - began
    return ended


def out_of_time(limits: Limits) -> str:
    """What is said of a check that takes too long."""
    return f"it took longer than {limits.seconds:g} s"


def _too_many(limits: Limits) -> str:
    found = below(os.getpid())
    if len(found) > limits.processes:
        return f"it started more than {limits.processes} processes"
    shared = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    if sum(max(0, process.memory - shared) for process in found) > limits.memory:
        return f"it took more than {limits.memory // MEGABYTE} MB of memory"
    return ""


def _read_all(into: dict[int, bytearray], patience: float) -> None:
    poll = select.poll()
    for descriptor in into:
        poll.register(descriptor, select.POLLIN)
    poll.register(0, 0)  # a hang-up is told unasked
    for descriptor, event in poll.poll(patience * 1000):
        if descriptor == 0 and event & select.POLLHUP:
            raise HungUp
        if descriptor in into and event & select.POLLIN:
            into[descriptor] += os.read(descriptor, _PIECE)
        elif descriptor in into:  # nobody holds the other end any more
            time.sleep(patience / 4)

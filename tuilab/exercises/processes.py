"""The processes that a check has started, and how they are all ended."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

PR_SET_CHILD_SUBREAPER = 36
PATIENCE = 5.0  # seconds for the last of them to go


class Process(NamedTuple):
    """A process: its number, its parent's, its session's, and the memory it holds in bytes."""

    pid: int
    parent: int
    session: int
    memory: int


def adopt() -> None:
    """From here on who loses its parent among what this process has started becomes its own child (Linux)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def below(root: int) -> list[Process]:
    """The processes that descend from one."""
    children: dict[int, list[Process]] = {}
    for process in _all():
        children.setdefault(process.parent, []).append(process)
    found: list[Process] = []
    waiting = [root]
    while waiting:
        more = children.pop(waiting.pop(), [])
        found += more
        waiting += [process.pid for process in more]
    return found


def end_all_below(root: int, group: int | None = None) -> None:
    """End them all, those first that are in a group: it is ended at once, whatever it starts meanwhile."""
    until = time.monotonic() + PATIENCE
    if group is not None:
        _kill(group, of_group=True)
    while not _all_reaped() and time.monotonic() < until:
        for process in below(root):  # those whose parent goes just now may be missed, and are found the next time
            _kill(process.pid)
        time.sleep(0.001)


def end_session(session: int) -> None:
    """End all processes of a session, whose leader has gone before them."""
    until = time.monotonic() + PATIENCE
    while (left := [each for each in _all() if each.session == session]) and time.monotonic() < until:
        for process in left:
            _kill(process.pid)


def _kill(number: int, of_group: bool = False) -> None:
    with suppress(ProcessLookupError, PermissionError):
        (os.killpg if of_group else os.kill)(number, signal.SIGKILL)


def _all_reaped() -> bool:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return True
    return False


def _all() -> list[Process]:
    return list(filter(None, map(_of_linux, os.listdir("/proc")))) if sys.platform == "linux" else _told_by_ps()


def _of_linux(name: str) -> Process | None:
    if not name.isdecimal():
        return None
    try:
        text = Path("/proc", name, "stat").read_text("utf-8", "replace")
    except OSError:
        return None
    state, parent, _, session, *others = text.rpartition(")")[2].split()
    if state in "ZX":
        return None
    return Process(int(name), int(parent), int(session), int(others[17]) * os.sysconf("SC_PAGE_SIZE"))


def _told_by_ps() -> list[Process]:
    told = subprocess.run(
        ("ps", "-A", "-o", "pid=,ppid=,sess=,rss=,stat="), capture_output=True, text=True, check=False
    ).stdout
    rows = [line.split() for line in told.splitlines()]
    return [
        Process(int(row[0]), int(row[1]), int(row[2]) if row[2].isdecimal() else 0, int(row[3]) << 10)
        for row in rows
        if len(row) > 4 and row[4][0] != "Z"
    ]

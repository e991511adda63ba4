"""Limits that a process sets for itself and cannot raise again."""

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from tuilab.exercises.verdict import Limits

MORE_THREADS = 64  # than the account has when a check begins


def limit_myself(limits: Limits) -> None:
    """Bound processor time, memory, the size of files, threads and core dumps."""
    lower(resource.RLIMIT_CPU, int(limits.seconds) + 2)
    lower(resource.RLIMIT_FSIZE, limits.file)
    lower(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        lower(resource.RLIMIT_AS, _address_space() + limits.memory)
        lower(resource.RLIMIT_NPROC, threads_of(os.getuid()) + MORE_THREADS)


def lower(limit: int, value: int) -> None:
    """Lower a limit for good; one that is lower already stays."""
    _, hard = resource.getrlimit(limit)
    lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (lowest, lowest))


def threads_of(user: int) -> int:
    """How many threads a user has now: the kernel's limit counts all of them, those of other sessions too."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if process.stat().st_uid == user:
                count += len(os.listdir(process / "task"))
    return count


def _address_space() -> int:
    """What this process has of it now: torch, with a GPU's libraries many times what a learner's arrays take."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()

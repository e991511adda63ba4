"""How much memory this process can still take. A machine with too little ends a process without a word."""

import resource
from collections.abc import Iterator
from pathlib import Path

PROC, CGROUPS = Path("/proc"), Path("/sys/fs/cgroup")


def free_memory() -> int | None:
    """Bytes: the least that the machine, a limit of this process and those of its groups leave. None: not known."""
    found = [_of_machine(), _of_limit(), *_of_groups()]
    return min((max(0, each) for each in found if each is not None), default=None)


def _of_machine() -> int | None:
    return _entry(PROC / "meminfo", "MemAvailable:", 1024)


def _of_limit() -> int | None:
    """What the limit of address space leaves (`ulimit -v`)."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    used = _entry(PROC / "self/status", "VmSize:", 1024)
    return None if limit == resource.RLIM_INFINITY or used is None else limit - used


def _of_groups() -> Iterator[int | None]:
    """What the control groups leave that this process is in, itself and above; version 2, then version 1."""
    for line in _lines(PROC / "self/cgroup"):
        number, kinds, path = line.split(":", 2)
        if number == "0":
            names, root = ("memory.max", "memory.current", "inactive_file"), CGROUPS
        elif "memory" in kinds.split(","):
            names, root = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"), CGROUPS / "memory"
        else:
            continue
        group = root / path.lstrip("/")
        while group.is_relative_to(root):
            yield _of_group(group, *names)
            group = group.parent


def _of_group(group: Path, limit: str, used: str, spare: str) -> int | None:
    """Files that were read count as used, but give way."""
    most, taken = _lines(group / limit), _lines(group / used)
    if not most or not most[0].isdecimal() or not taken:
        return None
    return int(most[0]) - int(taken[0]) + (_entry(group / "memory.stat", spare) or 0)


def _entry(path: Path, name: str, unit: int = 1) -> int | None:
    found = (line.split() for line in _lines(path))
    return next((int(words[1]) * unit for words in found if words[:1] == [name]), None)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []

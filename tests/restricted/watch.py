"""Writes down what a Python process does to the system: put into an environment, it watches from its start.

Python tells of each of these events itself (PEP 578), so that one is seen however short it was.
"""

import json
import os
import sys
from pathlib import Path

STARTS = ("subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "webbrowser.open")
LINES = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto")
WRITES = ("os.mkdir", "os.remove", "os.rename", "os.link", "os.symlink", "os.rmdir", "os.chmod", "os.truncate")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def begin(log: str) -> None:
    """Watch this process; what it does is appended to a file that anybody may write."""
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND)

    def told(event: str, arguments: tuple) -> None:
        if event in (*STARTS, *LINES, *WRITES) or (event == "open" and _writes(arguments)):
            told = {"event": event, "told": [str(argument) for argument in arguments]}
            os.write(descriptor, json.dumps(told).encode() + b"\n")

    sys.addaudithook(told)


def _writes(arguments: tuple) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & WRITING) and not isinstance(arguments[0], int)


class Log:
    """What was written down."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def clear(self) -> None:
        """Forget everything."""
        self.path.write_text("")

    def _of(self, *events: str) -> list[list[str]]:
        lines = map(json.loads, self.path.read_text().splitlines())
        return [line["told"] for line in lines if line["event"] in events]

    @property
    def started(self) -> list[list[str]]:
        """Programs."""
        return self._of(*STARTS)

    @property
    def lines(self) -> list[list[str]]:
        """Lines to other programs or machines."""
        return self._of(*LINES)

    @property
    def written(self) -> set[str]:
        """Files that were made, changed or opened for writing."""
        return {told[0] for told in self._of("open", *WRITES)}

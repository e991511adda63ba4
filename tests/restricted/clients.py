"""Clients that try to bring more than a terminal: forwarded ports, and an agent."""

import socket
import subprocess
import threading
from pathlib import Path

from tests.restricted.classroom import LEARNERS


class Told:
    """What a client says, as it says it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self.text, self.more = process, "", threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self.more:
                self.text += line
                self.more.notify_all()

    def until(self, wanted: str) -> None:
        """Wait for a text."""
        with self.more:
            assert self.more.wait_for(lambda: wanted in self.text, 20), self.text


class forwarding:  # noqa: N801
    """An ssh client that only forwards; within it, it is connected."""

    def __init__(self, room, *words: str) -> None:
        self.command = ["ssh", "-v", "-N", *room.options(LEARNERS[0]), "-o", "LogLevel=VERBOSE", *words, "127.0.0.1"]
        self.command[self.command.index("LogLevel=ERROR")] = "LogLevel=DEBUG1"

    def __enter__(self) -> Told:
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        told = Told(self.process)
        told.until("Entering interactive session")
        return told

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


class agent:  # noqa: N801
    """An ssh agent; within it, the variable that names it."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "agent"

    def __enter__(self) -> dict[str, str]:
        self.process = subprocess.Popen(("ssh-agent", "-D", "-a", str(self.socket)), stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.process.stdout.readline()  # it says where it listens once it does
        return {"SSH_AUTH_SOCK": str(self.socket)}

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def nobody_came(server: socket.socket) -> bool:
    """Whether no connection waits."""
    server.setblocking(False)
    try:
        server.accept()
    except BlockingIOError:
        return True
    return False

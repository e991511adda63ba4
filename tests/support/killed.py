"""Programs to be killed: workers that are forked where torch is loaded, and others that write records without pause."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tuilab.worker.messages import Finished, Named, Refused, Start, Steps, decode_event, encode

LABS = (
    "neuron steps=100000",
    "forecast steps=1000000 hidden=8 length=10",
    "forecast steps=1000000 cell=lstm hidden=128 length=40",
    "shapes steps=100000",
    "gradients steps=1000000 depth=4 width=8",
    "memory steps=20000 ago=5",
    "race steps=100000 hidden=8 length=6",
)
_FORK = multiprocessing.get_context("forkserver")
_FORK.set_forkserver_preload(["tests.support.killed_children"])


@dataclass
class Seen:
    """What was heard of one run: its name, and when which step was told."""

    name: str = ""
    steps: list[tuple[float, int]] = field(default_factory=list)
    finished: bool = False

    def lost(self, saved: int) -> float:
        """The seconds between when the step that was saved was told, and when the last one was."""
        if not self.steps:
            return 0.0
        told = next((when for when, step in self.steps if step > saved), self.steps[-1][0])
        return self.steps[-1][0] - told


class Forked:
    """A process that runs a function of `killed_children`, with a home of its own; what it says is read by `listen`."""

    def __init__(self, what: str, home: Path, *more: Any) -> None:
        from tests.support import killed_children

        self.ours, theirs = _FORK.Pipe()
        self.process = _FORK.Process(
            target=getattr(killed_children, what), args=(theirs, str(home), *more), daemon=True
        )
        self.process.start()
        theirs.close()
        self.runs: dict[int, Seen] = {}
        self.problems = list[str]()  # what it said could not be saved

    def tell(self, command: Any) -> None:
        """Send the worker a command."""
        if isinstance(command, Start):
            self.runs[command.id] = Seen()
        self.ours.send_bytes(encode(command))

    def messages(self, until: Callable[[], bool]) -> Iterator[bytes]:
        """What it says until something holds, or it has ended."""
        while not until():
            try:
                if self.ours.poll(0.01):
                    yield self.ours.recv_bytes()
            except (EOFError, ConnectionResetError):
                return

    def listen(self, until: Callable[[], bool]) -> None:
        """Take down what a worker says of its runs."""
        for line in self.messages(until):
            event = decode_event(line)
            seen = self.runs.get(event.id)
            if seen is None:
                continue
            if isinstance(event, Named):
                seen.name = event.name
                self.problems += [event.problem] if event.problem else []
            elif isinstance(event, Steps):
                seen.steps.append((time.monotonic(), event.first + len(event.loss) - 1))
            elif isinstance(event, Finished | Refused):
                self.problems += [event.sentence] if isinstance(event, Refused) else []
                seen.finished = True

    def kill(self) -> None:
        """End it without a word."""
        self.process.kill()
        self.process.join()

    def rest(self) -> None:
        """Read what it had said before it was killed."""
        self.listen(lambda: not _has_more(self.ours))
        self.ours.close()


def _has_more(connection: Connection) -> bool:
    try:
        return connection.poll(0)
    except (OSError, EOFError):
        return False


def home_of(home: Path) -> None:
    """In the child: let all records be kept there."""
    for name in ("DATA", "STATE", "CONFIG", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    os.environ["HOME"] = str(home)

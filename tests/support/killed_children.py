"""What runs in processes that are killed; importing this loads torch, once for all that are forked."""

import importlib
import random
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import torch

from tests.support.killed import LABS, home_of
from tuilab.labs import catalogue
from tuilab.labs.spelling import parse
from tuilab.records.desk import delete, rename
from tuilab.records.folders import data_folder, runs_folder
from tuilab.records.progress import Progress
from tuilab.records.shelf import clear_damaged, folders, make_room
from tuilab.records.state import RunError
from tuilab.worker.host import Host
from tuilab.worker.messages import encode

torch.set_num_threads(1)
for _spelling in LABS:  # what is compiled is there in all that are forked
    _spec = parse(_spelling)
    catalogue.experiment_of(_spec.kind).Training(_spec).advance()
importlib.import_module("safetensors.numpy")


class _Lines:
    """The commands of a connection, as the lines of a stream."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def __iter__(self) -> Iterator[bytes]:
        with suppress(EOFError, OSError):
            while True:
                yield self.connection.recv_bytes()


def worker(connection: Connection, home: str) -> None:
    """The worker, but for its streams."""
    home_of(Path(home))
    Host(_Lines(connection), lambda event: connection.send_bytes(encode(event)), runs_folder()).serve()  # type: ignore[arg-type]


def pruner(connection: Connection, home: str, seed: int) -> None:
    """Take runs away without pause, and name some."""
    home_of(Path(home))
    draw = random.Random(seed)
    while True:
        make_room(runs_folder(), most=draw.randint(3, 6))
        clear_damaged(runs_folder())
        for folder in folders(runs_folder())[2:]:
            with suppress(RunError, OSError):
                delete(folder) if draw.random() < 0.3 else rename(folder, f"run {draw.randint(1, 10**9)}")


def answers(connection: Connection, home: str, first: int) -> None:
    """Write answers without pause, and say each that is written."""
    home_of(Path(home))
    progress, number = Progress(data_folder()), first
    while progress.problem is None:
        progress.answered(f"lesson/{number}", "given", right=True)
        progress.page_seen("lesson", number)
        connection.send_bytes(str(number).encode())
        number += 1

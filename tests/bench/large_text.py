"""Word2vec on a text of a gigabyte: `python -m tests.bench.large_text`; about eight minutes, and 1 GB of disk.

Memory is the private part of the process while the text is counted, and while one epoch is trained, looked at ten times
a second; it is compared with what the process had after the first tenth of each.
"""

import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from tests.bench.report import Row, show

SIZE, DIMENSIONS = 1_000_000_000, 50


def write(path: Path) -> None:
    """The generated language again and again."""
    from tuilab.corpora.catalogue import open_corpus

    part = "\n".join(" ".join(words) + "." for words in open_corpus("language").sentences()) + "\n"
    with path.open("w") as file:
        for _ in range(-(-SIZE // len(part))):
            file.write(part)


def watched(action: Callable[[], Any]) -> tuple[Any, list[int]]:
    """What an action gives, and the private bytes of the process while it ran."""
    process, found, over = psutil.Process(), list[int](), threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            found.append(process.memory_full_info().uss)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        return action(), found
    finally:
        over.set()
        thread.join()


def row(what: str, found: list[int]) -> Row:
    """How much memory grew after the first tenth."""
    early = max(found[: max(1, len(found) // 10)])
    growth = (max(found) - early) / 2**20
    return Row(
        f"memory while 1 GB is {what}",
        f"{growth:+.1f} MiB",
        f"{early / 2**20:.0f} MiB early on",
        None,
        "flat",
        growth < 10,
    )


def main() -> int:
    from tuilab.labs.direct import experiment
    from tuilab.labs.words.spec import Words

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.txt"
        write(path)
        spec = Words(corpus=str(path), epochs=1, dimensions=DIMENSIONS)
        module = experiment(spec)
        training, counting = watched(lambda: module.Training(spec))

        def train() -> None:
            while training.step < training.total:
                training.advance()

        _, trained = watched(train)
    return show([row("counted", counting), row("trained on", trained)])


if __name__ == "__main__":
    sys.exit(main())

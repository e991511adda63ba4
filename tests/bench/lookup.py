"""Looking up among 400,000 words of 300 numbers, against gensim: `python -m tests.bench.lookup`; about two minutes.

gensim comes with `pip install '.[bench]'`; where it is installed for another Python alone, TUILAB_GENSIM_PYTHON names
that. Both have the same vectors, drawn at random, in a file of their own form: ours converted, gensim's as it saves
them itself. Each question, and each opening, is put to a process of its own for each, in turns, one thread each; the
files are in the system's cache. The screen is measured with the two threads that tuilab takes. Needs 3 GB of disk below
the folder for temporary files, and 3 GB of memory.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np

from tests.bench.report import Row, percentile, show

WORDS, DIMENSIONS, MOST = 400_000, 300, 10
QUESTIONS, OPENINGS, ANSWERS = 40, 5, 20
LONGEST_ANSWER = 0.100  # seconds from enter to the screen
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
GENSIM = os.environ.get("TUILAB_GENSIM_PYTHON", sys.executable)

OURS = """\
import json, sys, time
from tuilab.engine.words import lookup
from tuilab.vectors.open import open_vectors
lookup.THREADS = 1
begun = time.perf_counter()
vectors = open_vectors(sys.argv[1])
vectors.words.find("w7"), vectors.unit[7]
print(json.dumps(time.perf_counter() - begun), flush=True)
for word in sys.stdin:
    begun = time.perf_counter()
    id = vectors.words.find(word.strip())
    found = [vectors.words[each.id] for each in lookup.neighbours(vectors.unit, vectors.unit[id], 10, [id])]
    print(json.dumps([time.perf_counter() - begun, found]), flush=True)
"""
THEIRS = """\
import json, sys, time
from gensim.models import KeyedVectors
begun = time.perf_counter()
vectors = KeyedVectors.load(sys.argv[1], mmap=sys.argv[2] if len(sys.argv) > 2 else None)
vectors["w7"]
print(json.dumps(time.perf_counter() - begun), flush=True)
for word in sys.stdin:
    begun = time.perf_counter()
    found = [each for each, _ in vectors.most_similar(word.strip(), topn=10)]
    print(json.dumps([time.perf_counter() - begun, found]), flush=True)
"""
SAVE = """\
import sys
import numpy as np
from gensim.models import KeyedVectors
rows = np.load(sys.argv[1])
vectors = KeyedVectors(rows.shape[1])
vectors.add_vectors([f"w{n}" for n in range(len(rows))], rows)
vectors.fill_norms()
vectors.save(sys.argv[2])
"""


class Peer:
    """A process that has vectors open; `opened` is the seconds that took, its imports left out."""

    def __init__(self, python: str, program: str, file: Path, *more: str) -> None:
        command = [python, "-c", program, str(file), *more]
        environ = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(Path.cwd())}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ, bufsize=1
        )
        self.opened: float = self._read()

    def ask(self, word: str) -> tuple[float, list[str]]:
        """The seconds of an answer, and the words."""
        self._stream(self.process.stdin).write(f"{word}\n")
        seconds, found = self._read()
        return seconds, found

    def memory(self, file: Path) -> dict[str, int]:
        """KiB of a mapped file: shared with other processes, and its own."""
        found, inside = {"Shared": 0, "Private": 0}, False
        for line in Path(f"/proc/{self.process.pid}/smaps").read_text().splitlines():
            first = line.split()[0]
            if not first.endswith(":"):
                inside = line.endswith(file.name)
            elif inside and first.split("_")[0] in found:
                found[first.split("_")[0]] += int(line.split()[1])
        return found

    def close(self) -> None:
        """End it."""
        self._stream(self.process.stdin).close()
        self.process.wait()

    def _read(self) -> Any:
        line = self._stream(self.process.stdout).readline()
        if not line:
            raise RuntimeError("A process of the bench has ended; what it wrote stands above.")
        return json.loads(line)

    @staticmethod
    def _stream(stream: IO[str] | None) -> IO[str]:
        assert stream is not None
        return stream


@contextmanager
def files() -> Iterator[tuple[Path, Path]]:
    """The same vectors, converted by us and saved by gensim."""
    from tuilab.vectors.open import convert_file

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        rows = np.random.default_rng(1).standard_normal((WORDS, DIMENSIONS), dtype=np.float32)
        np.save(place / "rows.npy", rows)
        ours, theirs = place / "ours.safetensors", place / "theirs.kv"
        with (place / "rows.bin").open("wb") as file:  # word2vec's binary form
            file.write(b"%d %d\n" % rows.shape)
            for n, row in enumerate(rows):
                file.write(b"w%d " % n + row.tobytes())
        convert_file(place / "rows.bin", ours)
        (place / "rows.bin").unlink()
        subprocess.run([GENSIM, "-c", SAVE, str(place / "rows.npy"), str(theirs)], check=True)
        (place / "rows.npy").unlink()
        yield ours, theirs


def measure() -> list[Row]:
    """Ask and open in turns."""
    with files() as (ours, theirs):
        opened = [
            (
                _opening(sys.executable, OURS, ours),
                _opening(GENSIM, THEIRS, theirs),
                _opening(GENSIM, THEIRS, theirs, "r"),
            )
            for _ in range(OPENINGS)
        ]
        mine, gensims, mapped = map(list, zip(*opened, strict=True))
        rows = [
            _ratio("opening 400,000 x 300, converted", mine, gensims, 0.2),
            _ratio("the same, gensim's mapped too", mine, mapped, 0.2),
        ]
        one, other = Peer(sys.executable, OURS, ours), Peer(GENSIM, THEIRS, theirs)
        again = Peer(sys.executable, OURS, ours)
        for peer in (one, other, again):
            peer.ask("w0")  # what is read for the first time is not what is compared
        asked: list[tuple[float, float]] = []
        for n in range(QUESTIONS):
            word = f"w{n * 9973 % WORDS}"
            (mine, found), (gensims, expected) = one.ask(word), other.ask(word)
            assert found == expected, (word, found, expected)
            asked.append((mine, gensims))
        mine, gensims = map(list, zip(*asked, strict=True))
        rows.append(_ratio("neighbours among 400,000 x 300", mine, gensims, 1.0))
        rows.append(_memory(one.memory(ours)))
        for peer in (one, other, again):
            peer.close()
        rows.append(_on_screen(ours))
    return rows


def _opening(python: str, program: str, file: Path, *more: str) -> float:
    peer = Peer(python, program, file, *more)
    peer.close()
    return peer.opened


def _ratio(figure: str, ours: list[float], theirs: list[float], most: float) -> Row:
    mine, gensims = statistics.median(ours), statistics.median(theirs)
    measured, compared = f"{1000 * mine:.1f} ms", f"{1000 * gensims:.1f} ms, gensim"
    return Row(figure, measured, compared, mine / gensims, f"at most {most:g} times", mine / gensims <= most)


def _memory(found: dict[str, int]) -> Row:
    shared, own = found["Shared"] / 1024, found["Private"] / 1024
    text = f"{own:.1f} MiB its own, {shared:.0f} MiB shared"
    return Row("memory of two with the same vectors open, each", text, "", None, "shared", own < shared / 100)


def _on_screen(file: Path) -> Row:
    """From enter to the first neighbour's row, on a real terminal; the worker is as nice as ever."""
    from tests.support.terminal import tuilab

    laps = []
    with tuilab("open", f"neighbours word=w1 vectors={file}") as terminal:
        terminal.until(lambda text: "Nearest to w1," in text, 60)
        for n in range(2, 2 + ANSWERS):
            terminal.write(f"w{n}")
            time.sleep(0.3)
            pressed = terminal.press("enter")
            laps.append(terminal.until(lambda text, n=n: f"Nearest to w{n}," in text) - pressed)
    slowest = percentile(laps, 0.95)
    measured = f"p95 {1000 * slowest:.0f} ms (median {1000 * statistics.median(laps):.0f})"
    return Row("enter to neighbours on screen", measured, "", None, "at most 100 ms", slowest <= LONGEST_ANSWER)


if __name__ == "__main__":
    sys.exit(show(measure()))

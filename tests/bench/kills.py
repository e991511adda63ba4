"""Processes killed at random moments, while runs are kept and pruned and questions answered: what is lost?

`python -m tests.bench.kills 500 1` kills 500 times, the moments drawn from seed 1; about 15 minutes. Of each twenty
kills fourteen are of workers that train several labs at once (forked where torch is loaded, so that each is there at
once; all else in them is the worker), two of such with a second process that deletes, names and prunes runs, two of a
process that writes answers, one of the whole program on a terminal while it trains, and one while it is answered: its
screen, its worker or both. After each kill all records are opened, by tuilab's own functions and without them.
"""

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.report import Row, percentile, show
from tests.bench.training import next_progress, progress
from tests.support.killed import LABS, Forked, Seen
from tests.support.records import faults
from tests.support.terminal import MissingError, Terminal, home, tuilab, worker_of
from tuilab.labs.keeping import reopen
from tuilab.records.curve import read_curve
from tuilab.records.progress import Progress
from tuilab.records.runlog import Measured
from tuilab.records.shelf import clear_damaged, folders, make_room, rows
from tuilab.records.snapshots import kept_steps, moment
from tuilab.records.state import RunError, saved_step
from tuilab.worker.messages import Control, Start

MOST_LOST, SHARE, LATE = 1.0, 50, 0.3  # seconds, times a checkpoint; what a message may be late by
LONGEST = 20.0  # seconds until a training has begun
SHORT = ("neuron steps=40", "forecast steps=30 hidden=4 length=5 batch=2")


@dataclass
class Found:
    """What the kills have left."""

    kills: Counter[str] = field(default_factory=Counter)
    unreadable: list[str] = field(default_factory=list)
    answers: int = 0
    lost_answers: list[str] = field(default_factory=list)
    lost: list[float] = field(default_factory=list)
    too_much: list[str] = field(default_factory=list)
    not_kept: int = 0
    opened: int = 0


def measure(times: int = 500, seed: int = 1) -> list[Row]:
    """Kill so many times."""
    found, draw = Found(), random.Random(seed)
    for number in range(times):
        kind = KINDS[number % len(KINDS)]
        kind(found, draw)
        if sys.stderr.isatty() or number % 20 == 19:
            print(f"{number + 1} kills, {found.opened:,} records opened", file=sys.stderr, flush=True)
    for sentence in found.unreadable + found.lost_answers + found.too_much:
        print(sentence, file=sys.stderr)
    kills = ", ".join(f"{count} {name}" for name, count in found.kills.items())
    most = f"{max(found.lost):.2f} s at most, {percentile(found.lost, 0.5):.2f} s half the time" if found.lost else "-"
    most += f", in {len(found.lost)} runs, {found.not_kept} of them before their first save"
    asked = f"at most {MOST_LOST:.0f} s, or {SHARE} checkpoints"
    opened, answers = f"{found.opened:,} opened", f"{found.answers:,} acknowledged"
    unreadable, gone = len(found.unreadable), len(found.lost_answers)
    return [
        Row("kills: records unreadable", str(unreadable), opened, None, "0", not unreadable),
        Row("kills: answers lost", str(gone), answers, None, "0", not gone),
        Row("kills: training lost", most, kills, None, asked, not found.too_much),
    ]


def _kill_worker(found: Found, draw: random.Random) -> None:
    """A worker that trains up to three labs."""
    with tempfile.TemporaryDirectory(prefix="tuilab-kills-") as folder:
        worker = Forked("worker", Path(folder))
        for id, spelling in enumerate(draw.sample(LABS, draw.randint(1, 3)), 1):
            worker.tell(Start(id, spelling))
        begun = time.monotonic()
        worker.listen(lambda: any(run.steps for run in worker.runs.values()) or time.monotonic() > begun + LONGEST)
        end = time.monotonic() + draw.uniform(0.0, 2.5)
        while draw.random() < 0.4:
            until = draw.uniform(time.monotonic(), max(end, time.monotonic()))
            worker.listen(lambda until=until: time.monotonic() >= until)
            worker.tell(Control(draw.choice(list(worker.runs)), draw.choice(("pause", "resume", "step", "resume"))))
        worker.listen(lambda: time.monotonic() >= end)
        worker.kill()
        worker.rest()
        found.kills["workers that trained"] += 1
        found.unreadable += worker.problems
        _look(found, Path(folder), list(worker.runs.values()))


def _kill_among_pruned(found: Found, draw: random.Random) -> None:
    """A worker whose runs end at once, and a process that takes them away; one of them is killed, or both."""
    with tempfile.TemporaryDirectory(prefix="tuilab-kills-") as folder:
        worker, pruner = Forked("worker", Path(folder)), Forked("pruner", Path(folder), draw.randrange(10**6))
        end, id = time.monotonic() + draw.uniform(0.5, 2.5), 0
        while time.monotonic() < end:
            id += 1
            worker.tell(Start(id, draw.choice(SHORT)))
            next_one = min(end, time.monotonic() + 0.05)
            for _ in worker.messages(lambda next_one=next_one: time.monotonic() >= next_one):
                pass
        for each in draw.sample([worker, pruner], 2):
            each.kill()
            each.ours.close()
        found.kills["pairs that made and pruned runs"] += 1
        _look(found, Path(folder), [])
        make_room(_runs(Path(folder)), most=2)
        if rest := [path.name for path in _runs(Path(folder)).glob(".*")]:
            found.unreadable.append(f"left half-way: {rest}")


def _kill_who_answers(found: Found, draw: random.Random) -> None:
    """A process that writes answers, killed and begun again in one home."""
    with tempfile.TemporaryDirectory(prefix="tuilab-kills-") as folder:
        written: set[int] = set()
        for begin in range(0, 3_000_000, 1_000_000):
            writer = Forked("answers", Path(folder), begin)
            end = time.monotonic() + draw.uniform(0.05, 0.6)
            written |= {int(line) for line in writer.messages(lambda end=end: time.monotonic() >= end)}
            writer.kill()
            with suppress(EOFError, OSError):
                while writer.ours.poll(0):
                    written.add(int(writer.ours.recv_bytes()))
        found.kills["processes that answered"] += 1
        found.answers += len(written)
        there = Progress(Path(folder, "data", "tuilab")).answers()
        found.lost_answers += [f"answer {number}" for number in written if f"lesson/{number}" not in there]
        _look(found, Path(folder), [])


def _kill_program(found: Found, draw: random.Random) -> None:
    """The whole program, while it trains."""
    with home() as environ, tuilab("open", "forecast steps=1000000", columns=80, rows=24, environ=environ) as terminal:
        seen = Seen()
        with suppress(MissingError):
            terminal.until(lambda text: "space trains" in text and "loading" not in text)
            terminal.press("space")
            terminal.until(progress)
            end = time.monotonic() + draw.uniform(0.0, 4.0)
            while time.monotonic() < end:
                seen.steps.append((time.monotonic(), next_progress(terminal)[0]))
        found.kills[f"whole programs that trained, {_end(terminal, draw)}"] += 1
        _look(found, Path(environ["HOME"]), [seen])


def _kill_answered(found: Found, draw: random.Random) -> None:
    """The whole program, as soon as an answer is told to be right."""
    with home() as environ, tuilab("lesson", "1", columns=80, rows=24, environ=environ) as terminal:
        terminal.until("After this lesson")
        terminal.press(*"nnnnnnnnn")
        terminal.until("What does it remember?")
        terminal.press("down", "enter")
        terminal.until("✓ Right")
        found.kills[f"whole programs that were answered, {_end(terminal, draw)}"] += 1
        found.answers += 1
        data = Path(environ["XDG_DATA_HOME"], "tuilab")
        if not any(Progress(data).answers().values()):
            found.lost_answers.append("the answer on the screen")
        _look(found, Path(environ["HOME"]), [])


def _end(terminal: Terminal, draw: random.Random) -> str:
    which = draw.choice(("screen", "worker", "both"))
    worker = worker_of(terminal)
    for process in {"screen": [terminal.pid], "worker": [worker], "both": [terminal.pid, worker]}[which]:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    if which == "worker":
        terminal.until("ctrl+r starts it again")
    else:
        terminal.hang_up()
    return which


def _look(found: Found, home: Path, seen: list[Seen]) -> None:
    """Open all that is there, and compare it with what was seen."""
    root = _runs(home)
    found.unreadable += faults(home)
    there = folders(root)
    if len(list(rows(root))) != len(there) or clear_damaged(root):
        found.unreadable.append("a run has no row")
    saved = {folder.name: saved_step(folder) for folder in there}
    found.opened += len(there)
    costs = {}
    for folder in there:
        try:
            costs[folder.name] = _open(folder)
        except (RunError, ValueError) as error:
            found.unreadable.append(f"{folder.name}: {error}")
    for each in seen:
        name = each.name or (next(iter(saved), "") if len(seen) == 1 else "")
        lost, allowed = each.lost(saved.get(name) or 0), max(MOST_LOST, SHARE * costs.get(name, 0.0))
        found.lost.append(lost)
        found.not_kept += not saved.get(name)
        if lost > allowed + LATE:
            found.too_much.append(f"{name}: {lost:.2f} s, and {allowed:.2f} s are allowed")


def _open(folder: Path) -> float:
    """Open all of a run; what one checkpoint of it takes, in seconds."""
    deadline = time.monotonic() + 2.0
    while True:  # what was killed may not have gone yet
        try:
            kept, training, measured = reopen(folder.parent, folder.name)
            break
        except RunError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    steps = sum(len(each.loss) for each in measured)
    if steps != training.step:
        raise RunError(f"{steps} steps were measured of {training.step}.")
    if read_curve(folder).steps < training.step:
        raise RunError("The curve is too short.")
    for step in kept_steps(folder):
        moment(folder, step)
    begun = time.perf_counter()
    kept.note(Measured(training.step, [1.0] * 300, [1.0] * 300, 1.0))
    kept.save(training.step, training.state())
    kept.close()
    return time.perf_counter() - begun


def _runs(home: Path) -> Path:
    return home / "data" / "tuilab" / "runs"


_TRAIN = [_kill_worker] * 7
KINDS: list[Callable[[Found, random.Random], None]] = [
    *(*_TRAIN, _kill_among_pruned, _kill_who_answers, _kill_program),
    *(*_TRAIN, _kill_among_pruned, _kill_who_answers, _kill_answered),
]

if __name__ == "__main__":
    sys.exit(show(measure(*map(int, sys.argv[1:]))))

"""Runs that are kept without training anything, through the records alone."""

import json
import math
import random
from pathlib import Path

import numpy as np

from tuilab.records.desk import annotate, rename
from tuilab.records.runlog import Measured
from tuilab.records.runs import Kept
from tuilab.records.snapshots import Snapshots, store


def made(
    root: Path,
    spelling: str = "forecast",
    *,
    steps: int = 100,
    finished: str | None = "done",
    moments: tuple[int, ...] = (),
    seed: int = 1,
    level: float = 0.01,
) -> Path:
    """Keep a run of so many steps whose loss falls to a level; its moments have a weight each."""
    draw = random.Random(seed)
    kept = Kept.begin(root, spelling)
    weights = {"parameter.w": np.full(3, 0.5, np.float32)}
    for first in range(1, steps + 1, 5000):
        part = range(first, min(first + 5000, steps + 1))
        loss = [level + math.exp(-8 * step / steps) * (0.9 + 0.2 * draw.random()) for step in part]
        kept.note(Measured(first, loss, [0.2 + draw.random() for _ in part], part[-1] / 250))
    kept.save(steps, weights)
    snapshots = Snapshots()
    for moment in moments:
        snapshots.take(moment, weights)
    store(kept.folder, snapshots.hand_over())
    if finished:
        kept.finish(finished, "")
    kept.close()
    return kept.folder


def called(folder: Path, title: str = "", notes: str = "") -> Path:
    """The same run with a name and notes."""
    rename(folder, title)
    annotate(folder, notes)
    return folder


def dated(folder: Path, began: str) -> Path:
    """The same run, begun at another time."""
    path = folder / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"began": began}))
    return folder

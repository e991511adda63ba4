"""What a training was at moments of it: some thirty states beside each kept run, each whole, so that it can branch.

They stand evenly over the steps taken so far: when there are too many, every second one goes and the distance doubles.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tuilab.records.about import about_run
from tuilab.records.damage import set_aside
from tuilab.records.locks import unused
from tuilab.records.shelf import folders
from tuilab.records.state import (
    STATE,
    RunError,
    Unreachable,
    is_damaged,
    load_arrays,
    save_arrays,
    saved_step,
    step_of,
)

LEAST, MOST, MOST_BYTES = 2, 32, 32 << 20  # of one run
WEIGHTS = "parameter."  # what the names of weights begin with in a run's state
_FILE, _STEP = "at-{:09}.safetensors", re.compile(r"at-([0-9]{9})\.safetensors")


class Snapshots:
    """Takes snapshots of one run, to be stored in its folder. `refusal` says why none are taken."""

    def __init__(self, steps: Iterable[int] = ()) -> None:
        self.steps = sorted(steps)
        self.spacing = self.steps[1] - self.steps[0] if len(self.steps) > 1 else 1
        self._new: dict[int, dict[str, Any]] = {}
        self._stored = frozenset(self.steps)  # those that the folder has, once what was handed over is written
        self.refusal = ""

    def due(self, step: int) -> bool:
        """Whether one should be taken after `step` steps."""
        if self.refusal:
            return False
        return not self.steps or step >= self.steps[-1] + self.spacing

    def take(self, step: int, state: Mapping[str, Any]) -> None:
        """Copy a state; of a training too large for a few of them, none."""
        size = sum(array.nbytes for array in state.values())
        most = min(MOST, MOST_BYTES // max(1, size))
        if most < LEAST:
            self.refusal = _too_large(size)
            return
        self._new[step] = {name: array.copy() for name, array in state.items()}
        self.steps.append(step)
        if len(self.steps) > most:
            self.steps = self.steps[::2]
            self.spacing *= 2
            self._new = {step: self._new[step] for step in self.steps if step in self._new}

    def weights(self, step: int, folder: Path | None) -> dict[str, Any]:
        """Those after `step` steps, from memory or from the folder of the run. Raises RunError."""
        if step in self._new or folder is None:
            return _weights(self._new[step])
        return _weights(moment(folder, step))

    def go_back(self, step: int) -> None:
        """Forget those taken later."""
        self.steps = [each for each in self.steps if each <= step]
        self._new = {each: state for each, state in self._new.items() if each <= step}

    @property
    def behind(self) -> bool:
        """Whether the folder of the run is not up to date."""
        return bool(self._new) or not self._stored.issubset(self.steps)

    def hand_over(self) -> "Moments":
        """What has to be written for the folder of the run to be up to date; see `store`."""
        new, gone = self._new, self._stored.difference(self.steps)
        self._new, self._stored = {}, frozenset(self.steps)
        return Moments(new, gone)

    def take_back(self, moments: "Moments") -> None:
        """What could not be written is to be written still."""
        self._new = {step: state for step, state in moments.new.items() if step in self.steps} | self._new
        self._stored = self._stored - moments.new.keys() | moments.gone


class Moments(NamedTuple):
    """The snapshots that are new, and the steps of those that are not wanted any more."""

    new: dict[int, dict[str, Any]]
    gone: frozenset[int]


NO_MOMENTS = Moments({}, frozenset())


def store(folder: Path, moments: Moments) -> None:
    """Delete what is not wanted any more from the folder of a run, and write what is new. Raises OSError."""
    for step in moments.gone:  # first, for a full disk has room then, and those that stand there have one distance
        with suppress(OSError):  # the run itself is saved
            (folder / _FILE.format(step)).unlink()
    for step, state in moments.new.items():
        save_arrays(folder / _FILE.format(step), step, state, synced=False)  # some may come at once


def _weights(state: Mapping[str, Any]) -> dict[str, Any]:
    return {name: array for name, array in state.items() if name.startswith(WEIGHTS)}


def _too_large(size: int) -> str:
    return (
        f"Moments of a network this large are not kept: each takes {size / 2**20:,.1f} MiB, and up to "
        f"{MOST_BYTES / LEAST / 2**20:.0f} MiB are. A smaller one has them."
    )


def moment(folder: Path, step: int) -> dict[str, Any]:
    """The state of a run after `step` steps, where a snapshot was kept of it. Raises RunError."""
    path = folder / _FILE.format(step)
    try:
        return load_arrays(path)
    except Unreachable:
        raise
    except RunError:
        raise RunError(f"What was kept of step {step:,} cannot be read; take another moment.") from None


def kept_steps(folder: Path) -> list[int]:
    """The training steps of a run's snapshots."""
    return sorted(int(found[1]) for path in folder.glob("at-*") if (found := _STEP.fullmatch(path.name)))


def sound_steps(folder: Path) -> list[int]:
    """Those whose files can be read, as far as their headers and lengths tell: what can be offered."""
    return [step for step in kept_steps(folder) if _is_sound(folder, step)]


def _is_sound(folder: Path, step: int) -> bool:
    path = folder / _FILE.format(step)
    return step_of(path) == step and not is_damaged(path)


def clear_moments(folder: Path) -> list[Path]:
    """Set aside the snapshots of a run that cannot be read; their new places. A run in use is left alone."""
    gone = []
    for step in kept_steps(folder):
        path = folder / _FILE.format(step)
        if is_damaged(path) or step_of(path) not in (step, None):
            with suppress(OSError), unused(folder):
                gone.append(set_aside(path, folder.parent.parent, f"{folder.name}-{path.name}"))
    return gone


def file_at(folder: Path, step: int) -> Path:
    """The file of a run's state after `step` steps: the last save, or a snapshot. Raises RunError."""
    newest = saved_step(folder) or 0
    if step == newest:
        return folder / STATE
    steps = sorted({*sound_steps(folder), newest})
    if step not in steps:
        nearest = min(steps, key=lambda each: abs(each - step))
        raise RunError(f"at={step} is no step that was kept of this run; the nearest is {nearest}.")
    return folder / _FILE.format(step)


class Found(NamedTuple):
    """The weights of a kept run, by their names, after `step` steps; `steps` are all that can be looked at."""

    name: str
    spelling: str
    step: int
    weights: dict[str, Any]
    path: Path  # of their file
    steps: list[int]


def look_into(root: Path, name: str, of: str, at: int = -1) -> Found:
    """Read the weights of a run: `last` is the newest run of the lab `of`. Raises RunError.

    `at` is one of its steps, -1 the newest.
    """
    there = (each for each in folders(root) if each.name == name or (name == "last" and each.name.endswith(f"-{of}")))
    folder = next((each for each in there if saved_step(each)), None)
    about = about_run(folder) if folder is not None else None
    if folder is None or about is None:
        raise RunError(f"there is no kept run {name!r}." if name != "last" else f"no {of} is kept yet; train one.")
    newest = saved_step(folder) or 0
    step = newest if at < 0 else at
    path = file_at(folder, step)
    return Found(
        folder.name, about.spelling, step, _weights(load_arrays(path)), path, sorted({*sound_steps(folder), newest})
    )

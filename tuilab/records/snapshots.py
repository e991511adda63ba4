"""What a network was at moments of its training: some thirty sets of weights beside each kept run.

They stand evenly over the steps taken so far: when there are too many, every second one goes and the distance doubles.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tuilab.records.runs import RunError, about_run, folders, load_weights, saved_step

LEAST, MOST, MOST_BYTES = 2, 32, 32 << 20  # of one run
WEIGHTS = "parameter."  # what the names of weights begin with in a run's state
_FILE = "at-{:09}.safetensors"


class Snapshots:
    """Takes snapshots of one run; `store` brings its folder up to date. `refusal` says why none are taken."""

    def __init__(self, steps: Iterable[int] = ()) -> None:
        self.steps = sorted(steps)
        self.spacing = self.steps[1] - self.steps[0] if len(self.steps) > 1 else 1
        self._new: dict[int, dict[str, Any]] = {}
        self.refusal = ""

    def due(self, step: int) -> bool:
        """Whether one should be taken after `step` steps."""
        if self.refusal:
            return False
        return not self.steps or step >= self.steps[-1] + self.spacing

    def take(self, step: int, state: Mapping[str, Any]) -> None:
        """Take the weights out of a state, copied; of a network too large for a few of them, none."""
        weights = {name: array.copy() for name, array in state.items() if name.startswith(WEIGHTS)}
        size = sum(array.nbytes for array in weights.values())
        most = min(MOST, MOST_BYTES // max(1, size))
        if not weights or most < LEAST:
            self.refusal = _too_large(size) if weights else "Moments of this training are not kept."
            return
        self._new[step] = weights
        self.steps.append(step)
        if len(self.steps) > most:
            self.steps = self.steps[::2]
            self.spacing *= 2
            self._new = {step: self._new[step] for step in self.steps if step in self._new}

    def weights(self, step: int, folder: Path | None) -> dict[str, Any]:
        """Those that were taken after `step` steps, from memory or from the folder of the run. Raises RunError."""
        if step in self._new or folder is None:
            return self._new[step]
        return load_weights(folder / _FILE.format(step))

    def go_back(self, step: int) -> None:
        """Forget those taken later."""
        self.steps = [each for each in self.steps if each <= step]
        self._new = {each: weights for each, weights in self._new.items() if each <= step}

    def store(self, folder: Path) -> None:
        """Write what is new to the folder of the run, and delete what is not wanted any more. Raises OSError."""
        from safetensors.numpy import save

        for step, weights in self._new.items():
            beside = folder / "snapshot.new"
            beside.write_bytes(save(weights, {"step": str(step)}))
            beside.replace(folder / _FILE.format(step))
        self._new.clear()
        for step in set(kept_steps(folder)) - set(self.steps):
            (folder / _FILE.format(step)).unlink(missing_ok=True)


def _too_large(size: int) -> str:
    return (
        f"Moments of a network this large are not kept: its weights have {size / 2**20:,.1f} MiB, and up to "
        f"{MOST_BYTES / LEAST / 2**20:.0f} MiB are. A smaller one has them."
    )


def kept_steps(folder: Path) -> list[int]:
    """The training steps of a run's snapshots."""
    return sorted(int(path.stem[3:]) for path in folder.glob("at-*.safetensors") if path.stem[3:].isdecimal())


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
    steps = sorted({*kept_steps(folder), newest})
    step = newest if at < 0 else at
    if step not in steps:
        nearest = min(steps, key=lambda each: abs(each - step))
        raise RunError(f"at={at} is no step that was kept of this run; the nearest is {nearest}.")
    path = folder / ("state.safetensors" if step == newest else _FILE.format(step))
    weights = {name: array for name, array in load_weights(path).items() if name.startswith(WEIGHTS)}
    return Found(folder.name, about.spelling, step, weights, path, steps)

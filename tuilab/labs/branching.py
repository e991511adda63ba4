"""Begins a training: from its first step, or on from a moment of a run that was kept."""

from pathlib import Path

from tuilab.labs import room, spelling
from tuilab.labs.run import Run
from tuilab.labs.spec import Spec
from tuilab.labs.takingup import take_up
from tuilab.records.about import about_run
from tuilab.records.folders import runs_folder
from tuilab.records.runlog import LOG, Measured, read_log, up_to
from tuilab.records.snapshots import file_at
from tuilab.records.state import RunError, load_arrays


def begin(spec: Spec) -> tuple[Run, list[Measured]]:
    """The training of a spec, and what was measured before it, where it goes on from a moment of another run.

    What the next step depends on is as it was then: weights, what the optimiser remembers, random numbers. Raises
    ValueError with a sentence where that moment is not there, or does not fit.
    """
    training = room.begin(spec)
    branch: str = getattr(spec, "branch", "")
    if not branch:
        return training, []
    name, _, at = branch.partition("@")
    folder, step = runs_folder() / name, int(at)
    _check(spec, folder, step, training.total)
    try:
        take_up(training, step, load_arrays(file_at(folder, step)))
    except RunError as error:
        raise ValueError(f"{spec.kind}: branch={branch} cannot be gone on from: {error}") from None
    except ValueError as error:
        raise ValueError(
            f"{spec.kind}: branch={branch} does not fit these settings: {error} What makes the network has to be as it "
            "was there; steps, learning rate and clipping may be others."
        ) from None
    return training, list(up_to(step, read_log(folder / LOG)))


def _check(spec: Spec, folder: Path, step: int, total: int) -> None:
    about = about_run(folder)
    if about is None:
        raise ValueError(f"{spec.kind}: branch: there is no kept run {folder.name}; tuilab records list has them all.")
    origin = spelling.parse(about.spelling)
    if origin.kind != spec.kind:
        raise ValueError(f"{spec.kind}: branch: {folder.name} is a run of {origin.kind}; name one of {spec.kind}.")
    if type(origin) is not type(spec):
        raise ValueError(
            f"{spec.kind}: branch: {folder.name} is {spelling.told(origin)}, which has other settings than this; name "
            "a run that has the same."
        )
    seed, given = getattr(origin, "seed", None), getattr(spec, "seed", None)
    if seed != given:
        raise ValueError(f"{spec.kind}: seed={given}: a branch goes on with the random numbers of seed={seed}.")
    if step >= total:
        raise ValueError(f"{spec.kind}: steps={total:,}: this branch begins after step {step:,}; it needs more.")

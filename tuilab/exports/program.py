"""An experiment that trains as one plain PyTorch program, which needs torch alone and checks itself."""

import textwrap
from pathlib import Path
from typing import Any, BinaryIO

from tuilab.exports import check
from tuilab.exports.errors import ExportError
from tuilab.exports.run import Run, one_line, open_run
from tuilab.labs import catalogue
from tuilab.labs.forecast.dataspec import DataForecast
from tuilab.labs.memory.spec import CELLS
from tuilab.labs.race.spec import LANES
from tuilab.labs.spec import Spec
from tuilab.labs.spelling import spell
from tuilab.labs.words.spec import Words

_WIDTH = 118
_NETWORKS = {"race": LANES, "memory": CELLS}  # labs of several, by their names


def program(spec: Spec, kept: str | Path | None = None) -> str:
    """The program of a spec; `kept` is the folder of its run, whose losses it then compares with its own.

    It goes as far as that run went. Raises ValueError with a sentence: for labs that do not train, for runs of another
    spec, and for texts that are too large to be carried.
    """
    _must_train(spec)
    _must_begin(spec)
    run = _run_of(spec, Path(kept)) if kept is not None else None
    chance = _chance(spec)
    losses = check.recorded(run.steps()) if run is not None and not _no_numbers(spec) else {}
    total = max(losses, default=0) or _total(spec)
    told = check.check(losses) if losses else check.tells(total)
    imports, body = _parted(catalogue.part(spec.kind, "code").program(spec, total, *_besides(spec, run)))
    if losses:
        imports |= {"import json", "import math", "import subprocess", "import sys"}
        body += "\ncompare()\n"
    if isinstance(spec, Words):
        body += _text(spec, run)
    notes = [*chance, check.WHY] if losses else chance
    threads = "" if "set_num_threads" in body else "torch.set_num_threads(1)  # as the lab has\n"
    return f"{_heading(spec, run, notes)}\n{_sorted(imports)}\n{threads}{told}{body}"


def _must_train(spec: Spec) -> None:
    if spec.kind not in catalogue.NAMES or not _has_program(spec.kind):
        there = ", ".join(name for name in catalogue.NAMES if _has_program(name))
        raise ExportError(f"{spec.kind} does not train, so that there is no program to take home; these do: {there}.")


def _must_begin(spec: Any) -> None:
    if spec.branch:
        raise ExportError(
            f"{spec.kind}: this run went on from {spec.branch}, and a program begins at the first step; take that run "
            "home, or this one's curve and weights."
        )


def _has_program(name: str) -> bool:
    return hasattr(catalogue.part(name, "code"), "program")


def _run_of(spec: Spec, folder: Path) -> Run:
    run = open_run(folder)
    if run.spec != spec:
        raise ExportError(f"That run is of {run.name}, not of {one_line(spell(spec))}.")
    return run


def _total(spec: Any) -> int:
    """The steps of a training that is not known; 0 where they follow from the text."""
    return 0 if isinstance(spec, Words) else spec.steps


def _besides(spec: Any, run: Run | None) -> list[Any]:
    """What a program needs that does not stand in the spec: the learner's own series; or the units of each network.

    Equal numbers of parameters are reckoned with torch.
    """
    if isinstance(spec, DataForecast):
        state = run.state() if run is not None and run.saved is not None else None
        return [catalogue.part(spec.kind, "experiment").carried(spec, state)]
    if spec.kind not in _NETWORKS:
        return []
    if spec.equal != "parameters":
        return [dict.fromkeys(_NETWORKS[spec.kind], spec.hidden)]
    return [catalogue.part(spec.kind, "experiment").sizes(spec)]


def _no_numbers(spec: Any) -> bool:
    """Whether another run of it has other numbers by chance alone."""
    return getattr(spec, "equal", "") == "seconds" or getattr(spec, "threads", 1) > 1


def _chance(spec: Any) -> list[str]:
    """What of it is left to chance, or is otherwise in the program."""
    found = []
    if getattr(spec, "equal", "") == "seconds":
        found.append("How many steps fit into the seconds is chance, so that no number of the lab can be compared.")
    if getattr(spec, "threads", 1) > 1:
        found.append(
            "Two threads in the lab: what one saw of the other's steps was chance, so that none of its numbers can be "
            "compared. The program takes one."
        )
    if getattr(spec, "device", "cpu") != "cpu":
        found.append("device=auto: a GPU, where the lab found one, rounds otherwise. The program takes the processor.")
    if getattr(spec, "engine", "tuilab") != "tuilab":
        found.append("engine=torch: the lab had torch's own layer; here its arithmetic is written out.")
    if getattr(spec, "seeds", 1) > 1:
        found.append(f"seeds={spec.seeds}: the program trains the first of them, whose losses the lab records.")
    if spec.kind == "memory":
        found.append(
            "The loss is the mean of the networks that still learn. One stops once it recalls 0.99 of its symbols: a "
            "rounding can make that 20 steps sooner or later, and the mean another."
        )
    return found


def _parted(text: str) -> tuple[set[str], str]:
    """The lines that import, and the others."""
    lines = text.splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if line.strip() and not line.startswith(("import ", "from ")))
    return {line.strip() for line in lines[:first] if line.strip()}, "".join(lines[first:])


def _sorted(imports: set[str]) -> str:
    """Python's own, then torch's, which complains where there is no numpy."""
    torchs = {line for line in imports if line.split()[1].startswith("torch")}
    own = {*(imports - torchs), "import warnings"}
    first, second = (sorted(each, key=lambda line: (line.startswith("from"), line)) for each in (own, torchs))
    silence = 'warnings.filterwarnings("ignore", message="Failed to initialize NumPy")  # it is not needed'
    return "\n".join([*first, "", silence, "", *second]) + "\n"


def _text(spec: Words, run: Run | None) -> str:
    from tuilab.exports.text import carried, check_same

    if run is not None and run.saved is not None:
        check_same(spec, run.state())
    return f"\n# The text, compressed:\n{carried(spec)}"


def _heading(spec: Spec, run: Run | None, notes: list[str]) -> str:
    """Comments: how it is spelled, what the run was, what to know."""
    paragraphs = [
        one_line(spell(spec)),
        "An experiment of tuilab as one program; it needs torch and nothing else. The first line spells it: tuilab "
        "runs that. All random numbers are torch's, drawn by seed in the lab's order.",
        *([_about(run)] if run is not None else []),
        *notes,
    ]
    wrapped = (
        textwrap.wrap(paragraph, _WIDTH - 2, break_long_words=False, break_on_hyphens=False) for paragraph in paragraphs
    )
    return "#\n".join("".join(f"# {line}\n" for line in lines) for lines in wrapped)


def _about(run: Run) -> str:
    about = run.about
    end = f"It ended ({one_line(about.finished)})" if about.finished else "It has not ended"
    steps = "no step was saved" if run.saved is None else f"{run.saved:,} steps were saved"
    return f"The run began {one_line(about.began)}. {end}; {steps}. {one_line(about.sentence)}".strip()


def write(run: Run, file: BinaryIO) -> str:
    """Write the program of a kept run."""
    file.write(program(run.spec, run.folder).encode())
    return "The program"

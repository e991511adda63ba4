"""Makes kept runs, as a lab does that was trained."""

from pathlib import Path

from tuilab.labs import catalogue
from tuilab.labs.run import Diverged
from tuilab.labs.spelling import parse, spell
from tuilab.records.runlog import Measured
from tuilab.records.runs import Kept


def keep(root: Path, spelling: str, steps: int = 0) -> Path:
    """Train, as far as that goes, and keep the run; its folder."""
    spec = parse(spelling)
    training = catalogue.part(spec.kind, "experiment").Training(spec)
    found = []
    try:
        while training.step < (steps or training.total):
            found.append(training.advance())
    except Diverged:
        pass
    kept = Kept.begin(root, spell(spec))
    half = len(found) // 2
    for part in (found[:half], found[half:]):  # in two stretches
        if part:
            norms = [each.gradient_norm for each in part]
            kept.note(Measured(part[0].step, [each.loss for each in part], norms, part[-1].step / 10))
    kept.save(training.step, training.state())
    kept.finish("done", "It is done.")
    kept.close()
    return kept.folder


def losses(folder: Path) -> dict[int, float]:
    """What a kept run recorded, by its steps, read as the file stands."""
    import json

    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    return {line["first"] + n: loss for line in lines if "loss" in line for n, loss in enumerate(line["loss"])}

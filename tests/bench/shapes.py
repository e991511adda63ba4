"""Each task of the shapes lab from ten seeds to a result a learner accepts: `python -m tests.bench.shapes`.

Some minutes. Each training is one of its own, with default settings, in a process that works on one core as the worker
does; the seconds are those from a fresh network to the first of its checks on held-out examples from which on it stays
good enough to the end, with the time that checking takes.
"""

import json
import subprocess
import sys
import time
from typing import Any

from tests.bench.report import Row, show

SEEDS, LIMIT = range(1, 11), 20.0
FORMS = ("seq2seq", "seq2vec", "vec2seq", "encdec")


def trained(form: str, seed: int) -> dict[str, Any]:
    """Whether it ends good enough, how good, since when, and the seconds of the whole training."""
    from tuilab.labs.direct import experiment
    from tuilab.labs.shapes.spec import ERROR, RIGHT, WITH_CLASSES, Shapes

    spec = Shapes(form=form, seed=seed)  # type: ignore[arg-type]
    training = experiment(spec).Training(spec)
    begun, moments = time.perf_counter(), list[float]()
    while training.step < training.total:
        training.advance()
        if len(training.checks) > len(moments):
            moments.append(time.perf_counter() - begun)
    good = [value >= RIGHT if form in WITH_CLASSES else value <= ERROR for _, value in training.checks]
    stays = len(good) - next((place for place, each in enumerate(reversed(good)) if not each), len(good))
    since = moments[stays] if stays < len(moments) else None
    return {"measure": training.view().measure, "since": since, "seconds": moments[-1]}


def measure() -> list[Row]:
    """A row for each form."""
    from tuilab.labs.shapes.spec import ERROR, RIGHT, WITH_CLASSES

    rows = []
    for form in FORMS:
        found = [in_a_process(form, seed) for seed in SEEDS]
        classes = form in WITH_CLASSES
        worst = (min if classes else max)(each["measure"] for each in found)
        reached = [each for each in found if each["since"] is not None and each["since"] <= LIMIT]
        slowest = max((each["since"] for each in reached), default=float("nan"))
        whole = max(each["seconds"] for each in found)
        how_good = f"{worst:.3f} {'right' if classes else 'error'} at worst"
        measured = f"{len(reached)} of {len(found)}, in {slowest:.1f} s at most; {how_good} after {whole:.1f} s"
        enough = f"{RIGHT} right" if classes else f"error {ERROR}"
        figure = f"shapes {form}, to {enough}, ten seeds"
        asked = f"ten of ten within {LIMIT:.0f} s"
        rows.append(Row(figure, measured, "", None, asked, len(reached) == len(found) == len(SEEDS)))
    return rows


def in_a_process(form: str, seed: int) -> Any:
    """One training in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.shapes", form, str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    match sys.argv[1:]:
        case [form, seed]:
            print(json.dumps(trained(form, int(seed))))
        case _:
            sys.exit(show(measure()))

"""What tests of the cell lab share: asking it, training what it looks into, and checking what it writes out."""

import re

from tuilab.labs.cell.arithmetic import explain
from tuilab.labs.cell.blocks import backwards, column_name, forwards, gradients, weights
from tuilab.labs.cell.experiment import answer
from tuilab.labs.forecast.experiment import Training
from tuilab.labs.spelling import parse
from tuilab.records.folders import runs_folder
from tuilab.records.runlog import Measured
from tuilab.records.runs import Kept
from tuilab.records.snapshots import Snapshots, store
from tuilab.widgets.numbers import four, three

FORMS = ["cell=rnn", "cell=lstm", "peephole=full", "peephole=diagonal", "cell=gru", "cell=gru reset=before"]


def ask(text):
    return answer(parse(f"cell {text}"))


SAYS = r"(?:≈|=|:|held at|says|is) {}(?:[^\d.]|$)"  # where a sentence gives what something is


def check_every_number(trace):
    for view in (lambda *given: forwards(*given, part=9), backwards, weights, gradients):
        bands = view(trace, trace.now)
        for block in (block for band in bands for block in band):
            for row, values in enumerate(block.values):
                for column, value in enumerate(values):
                    if value is not None:
                        told = explain(trace, block.name, row, column_name(block, column))
                        written = (re.escape(write(value)) for write in (four, three))
                        found = any(re.search(SAYS.format(text), told) for text in written)
                        assert found or "nothing comes through" in told, (block.name, row, column, told)


def keep(text, steps):
    """Train and keep a run as the worker does."""
    training, snapshots = Training(parse(text)), Snapshots()
    kept = Kept.begin(runs_folder(), text)
    for step in range(steps + 1):
        if snapshots.due(step):
            snapshots.take(step, training.state())
        if step < steps:
            training.advance()
    kept.note(Measured(1, [0.0] * steps, [0.0] * steps, 1.0))
    kept.save(steps, training.state())
    store(kept.folder, snapshots.hand_over())
    kept.close()
    return training

"""The held-out stretch of a forecast, which was not trained on, as comma-separated values: what came, what was said."""

from typing import Any, BinaryIO

from tuilab.exports.errors import ExportError
from tuilab.exports.run import Run
from tuilab.labs import catalogue
from tuilab.labs.takingup import take_up


def write(run: Run, file: BinaryIO) -> str:
    """A line for each row, with what the network that was saved last says; in the unit of the series."""
    if run.spec.kind != "forecast":
        raise ExportError(f"{run.name} holds nothing out; --as held-out takes a run of forecast.")
    state = run.state()
    training = catalogue.part(run.spec.kind, "experiment").Training(run.spec)
    take_up(training, run.saved or 0, state)
    columns = _columns(training.view())
    file.write(f"{','.join(columns)}\n".encode())
    rows = list(zip(*columns.values(), strict=True))
    for row in rows:
        file.write(f"{','.join(map(repr, row))}\n".encode())
    return f"The {len(rows):,} held-out points"


def _columns(view: Any) -> dict[str, list[float]]:
    """By their names; of a series of one's own with the forecasts that are held against each other, the rows from 1."""
    if view.data is None:
        return {"x": view.x, "truth": view.truth, "one_step_ahead": view.predicted}
    report = view.data
    said = {"one_step_ahead": view.predicted, "free_running": report.free, "seasonal_naive": report.seasonal}
    return {"row": report.held_rows, "truth": report.held, **said}

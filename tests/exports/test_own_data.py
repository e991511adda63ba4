"""Runs on a learner's own series, taken home in each form."""

import csv
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from tests.exports.alone import run
from tests.exports.runs import keep
from tests.exports.test_program import compare, taken_home
from tuilab import exports
from tuilab.labs.forecast import plain
from tuilab.labs.forecast.experiment import Training
from tuilab.labs.spelling import parse

torch.set_num_threads(1)
SMALL = "hidden=4 batch=4 steps=12"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "it's\nmine.csv"
    rows = [f"{1990 + at // 12}-{at % 12 + 1:02},{at % 12 + 0.1 * at:.1f}" for at in range(96) if at != 40]
    path.write_text("\n".join(["date,v", *rows]) + "\n")  # one is missing
    return path


def spelled(table: Path) -> str:
    return f'forecast "data={table}" {SMALL}'


def test_the_program_carries_the_series_and_needs_no_table(table: Path, tmp_path: Path) -> None:
    folder, path = taken_home(tmp_path, spelled(table))
    table.unlink()
    went_well, printed = run(path)
    assert went_well and printed.rstrip().endswith("The same as in the lab.")
    assert folder.is_dir() and "csv.reader" not in path.read_text()


def test_its_errors_are_those_of_the_lab(tmp_path: Path) -> None:
    printed = compare(tmp_path, f"forecast data=milk {SMALL}")
    training = Training(parse(f"forecast data=milk {SMALL}"))  # type: ignore[arg-type]
    while training.step < training.total:
        training.advance()
    lines = dict(line.rsplit(" ", 1) for line in printed.splitlines())
    report = training.view().data
    assert report is not None and len(report.scores) == 6
    for score in report.scores:
        if score.forecast == "network" or score.way == "free running":
            told = score.way if score.forecast == "network" else score.forecast
            assert float(lines[told]) == pytest.approx(score.rmse, rel=1e-4)


def test_the_held_out_rows_give_the_errors_of_the_lab(tmp_path: Path) -> None:
    folder = keep(tmp_path / "runs", f"forecast data=milk {SMALL}")
    said = exports.write(folder, "held-out", tmp_path / "held.csv")
    training = Training(parse(f"forecast data=milk {SMALL}"))  # type: ignore[arg-type]
    while training.step < training.total:
        training.advance()
    report = training.view().data
    rows = list(csv.DictReader((tmp_path / "held.csv").open()))
    assert report is not None and [int(row["row"]) for row in rows] == report.held_rows and "held-out points" in said
    columns = {"network one step ahead": "one_step_ahead", "network free running": "free_running"}
    for score in report.scores:
        if column := (columns | {"seasonal naive free running": "seasonal_naive"}).get(f"{score.forecast} {score.way}"):
            squares = [(float(row[column]) - float(row["truth"])) ** 2 for row in rows]
            assert (sum(squares) / len(squares)) ** 0.5 == pytest.approx(score.rmse, rel=1e-6)
            columns.pop(f"{score.forecast} {score.way}", None)
    assert not columns


@pytest.mark.parametrize("form", ["csv", "held-out", "svg", "text", "tensorboard"])
def test_the_curves(form: str, table: Path, tmp_path: Path) -> None:
    if form == "tensorboard":
        pytest.importorskip("tensorboardX")
    folder, path = keep(tmp_path / "runs", spelled(table)), tmp_path / "taken"
    assert "forecast" in exports.write(folder, form, path) and path.stat().st_size
    if form in ("svg", "text"):
        assert "mean squared error" in path.read_text()


@pytest.mark.parametrize("form", ["safetensors", "torch"])
def test_the_weights_need_no_table(form: str, table: Path, tmp_path: Path) -> None:
    folder, path = keep(tmp_path / "runs", spelled(table)), tmp_path / "weights"
    training = Training(parse(spelled(table)))  # type: ignore[arg-type]
    while training.step < training.total:
        training.advance()
    table.unlink()
    exports.write(folder, form, path)
    taken = load_file(path) if form == "safetensors" else torch.load(path, weights_only=True)
    layers = torch.nn.ModuleDict({"recurrent": torch.nn.GRU(1, 4, batch_first=True), "readout": torch.nn.Linear(4, 1)})
    layers.load_state_dict(taken)
    x = torch.linspace(-1, 1, 7)[None, :, None]
    with torch.no_grad():
        theirs = layers["readout"](layers["recurrent"](x)[0])[0, :, 0]
        assert theirs == pytest.approx(training.model(x)[0][0, :, 0], abs=1e-6)


def test_a_table_that_has_changed_is_gone_or_is_too_long(table: Path, tmp_path: Path, monkeypatch) -> None:
    folder, path = keep(tmp_path / "runs", spelled(table)), tmp_path / "program.py"
    monkeypatch.setattr("tuilab.labs.forecast.experiment.MOST_CARRIED", 95)
    with pytest.raises(exports.ExportError, match="has 96 rows, and a program carries 95 at most; take fewer of them"):
        exports.write(folder, "program", path)
    monkeypatch.undo()
    table.write_text(table.read_text() + "1998-01,7\n")
    with pytest.raises(exports.ExportError, match="has changed since; train on it anew"):
        exports.write(folder, "program", path)
    table.unlink()
    with pytest.raises(exports.ExportError, match="There is no file"):
        exports.write(folder, "program", path)
    assert not path.exists()


def test_the_code_of_the_screen_has_the_values_on_lines_that_can_be_read(table: Path) -> None:
    training = Training(parse(spelled(table)))  # type: ignore[arg-type]
    assert max(map(len, plain.code(training.spec, training.view()).splitlines())) <= 120

"""A trained network taken home: torch's own layers load it, and say the same."""

import textwrap
from pathlib import Path
from typing import Any

import pytest
import torch

from tuilab.cli.main import main
from tuilab.engine.forecaster import predict
from tuilab.labs.forecast.kept import trained

FORMS = ["cell=rnn", "cell=lstm layers=2", "cell=gru", "cell=gru engine=torch", "cell=lstm engine=torch layers=2"]


@pytest.fixture
def keep(capsys):
    def keep(more: str = "") -> None:
        assert main(["run", f"forecast hidden=5 length=6 batch=2 steps=9 {more}", "--keep"]) == 0
        capsys.readouterr()

    return keep


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ending", ["safetensors", "pt"])
def test_the_printed_lines_load_it_and_it_predicts_the_same(form, ending, keep, tmp_path, capsys) -> None:
    keep(form)
    to = tmp_path / f"model.{ending}"
    assert main(["convert", "last", "--as", "torch", "--to", str(to)]) == 0
    told, _, lines = capsys.readouterr().out.partition("In torch:\n")
    assert "after 9 steps" in " ".join(told.split())
    names: dict[str, Any] = {}
    exec(textwrap.dedent(lines), names)
    training = trained("last")
    values = training.series.values(0, 20)
    said = names["readout"](names["recurrent"](values[None, :, None])[0])[0, :, 0]
    torch.testing.assert_close(said, predict(training.model, values), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ("peephole=full", "torch has no layer for peephole=full: its LSTM has no peepholes."),
        ("peephole=diagonal", "torch has no layer for peephole=diagonal: its LSTM has no peepholes."),
        ("cell=gru reset=before", "torch has no layer for reset=before: its GRU resets after the product."),
    ],
)
def test_what_torch_cannot_hold_is_named(form, sentence, keep, tmp_path, capsys) -> None:
    keep(form)
    assert main(["convert", "last", "--as", "torch", "--to", str(tmp_path / "m.pt")]) == 2
    assert sentence in " ".join(capsys.readouterr().err.split()) and not list(tmp_path.glob("*.pt"))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["last", "--to", "m.pt"], "last: no forecast is kept yet; train one."),
        (["nothing", "--to", "m.pt"], "nothing: there is no kept run 'nothing'."),
        (["last"], "--as torch needs the file that is to be written, for oneself: --to model.safetensors."),
        (["last", "--shared", "--to", "m.pt"], "--as torch needs the file that is to be written, for oneself"),
        (["last", "--to", "m.bin"], "m.bin is not allowed: the file of --as torch ends with .safetensors or .pt."),
    ],
)
def test_bad_input_is_a_sentence(arguments, sentence, tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["convert", *arguments, "--as", "torch"]) == 2
    assert sentence in " ".join(capsys.readouterr().err.split())
    assert not [each for each in tmp_path.iterdir() if each.suffix in (".pt", ".bin")]


def test_a_run_of_another_lab_and_a_place_that_cannot_be_written(keep, tmp_path, capsys) -> None:
    assert main(["run", "race hidden=2 length=3 batch=2 steps=10", "--keep"]) == 0
    name = next(line for line in capsys.readouterr().out.split() if line.rstrip(".,").endswith("-race")).rstrip(".,")
    assert main(["convert", name, "--as", "torch", "--to", str(tmp_path / "m.pt")]) == 2
    assert "is a run of race, not of forecast." in " ".join(capsys.readouterr().err.split())
    keep()
    (tmp_path / "folder.pt").mkdir()
    assert main(["convert", "last", "--as", "torch", "--to", str(tmp_path / "folder.pt")]) == 2
    assert "cannot be written: Is a directory." in " ".join(capsys.readouterr().err.split())


def test_a_record_that_was_spoilt_is_a_sentence(keep, home: Path, tmp_path, capsys) -> None:
    keep()
    (about,) = home.rglob("run.json")
    about.write_text(about.read_text().replace("hidden=5", "hidden=6"))
    assert main(["convert", "last", "--as", "torch", "--to", str(tmp_path / "m.pt")]) == 2
    assert "parameter.0 has shape (20, 1), and (24, 1) is wanted; train again." in " ".join(
        capsys.readouterr().err.split()
    )

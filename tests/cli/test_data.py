"""A forecast of one's own series by the command line, and what is wrong with a table in a sentence."""

import json
from pathlib import Path

import pytest

from tests.data.test_read import BAD
from tuilab.cli.main import main

SMALL = "hidden=4 batch=4 steps=5"


def test_run_says_the_errors_in_the_unit_of_the_data_beside_the_naive_forecasts(capsys) -> None:
    assert main(["run", f"forecast data=milk {SMALL}"]) == 0
    out = capsys.readouterr().out
    assert "milk.csv, monthly, season 12, windows of 24: 144 training from 1962-01, 12 validation from 1974-01" in out
    assert "\nseasonal naive      9.92    13.2    0.45       9.92    13.2    0.45\n" in out
    assert "\nThe network is worse than seasonal naive free running, " in out


def test_run_as_json(capsys) -> None:
    assert main(["run", f"forecast data=milk {SMALL}", "--json", "--ask", "generate steps=3"]) == 0
    *_, answer, finished = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(answer["answer"]["values"]) == 27
    report = finished["view"]["data"]
    assert report["season"] == 12 and len(report["free"]) == 12 and len(report["scores"]) == 6


def test_the_sine_says_nothing_of_data(capsys) -> None:
    assert main(["run", "forecast hidden=4 length=5 batch=2 steps=3", "--json"]) == 0
    finished = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert list(finished["view"]) == ["x", "truth", "predicted", "held_out_loss", "parameters"]


def test_labs_lists_its_settings(capsys) -> None:
    assert main(["labs"]) == 0
    out = capsys.readouterr().out
    assert "  with data, a series of one's own\n" in out and "    season=0 " in out and "    begin=0 " in out
    assert main(["labs", "--json"]) == 0
    forecast = next(lab for lab in json.loads(capsys.readouterr().out) if lab["name"] == "forecast")
    assert forecast["besides"][0][0]["name"] == "data"


@pytest.mark.parametrize("command", ["ask", "run"])
@pytest.mark.parametrize("what", BAD)
def test_each_bad_table_is_one_line(tmp_path: Path, monkeypatch, capsys, command: str, what: str) -> None:
    monkeypatch.chdir(tmp_path)
    content, said = BAD[what]
    Path("table.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    column = {"dates for values": "column=date", "no such column": "column=zzz"}.get(what, "")
    assert main([command, f"forecast data=table.csv {column} {SMALL}"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and said in err.replace("\n", " ") and "Traceback" not in err


@pytest.mark.parametrize(
    "data, said", [("no.csv", "There is no file no.csv"), (".", ". is a folder"), ("e.csv", "e.csv is empty")]
)
def test_what_is_no_table(tmp_path: Path, monkeypatch, capsys, data: str, said: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("e.csv").touch()
    assert main(["run", f"forecast data={data}"]) == 2
    assert said in capsys.readouterr().err

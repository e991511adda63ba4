"""Commands in this process: what they print, and their exit status."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import tuilab
from tuilab.cli import doctor
from tuilab.cli.main import main
from tuilab.labs import catalogue
from tuilab.records.about import about_run
from tuilab.records.folders import NOWHERE, data_folder, runs_folder
from tuilab.records.shelf import newest_left


def test_labs_lists_every_lab_with_its_settings(capsys) -> None:
    assert main(["labs"]) == 0
    out = capsys.readouterr().out
    for lab in catalogue.labs():
        assert f"{lab.name}: {lab.summary}" in out
    assert "hidden=32" in out and "a whole number from 1 to 512" in out and "--ask 'generate'" in out
    assert out.count("lock=") == 2 and "hide=cell,seed does not show them either" in " ".join(out.split())


def test_labs_as_json(capsys) -> None:
    assert main(["labs", "--json"]) == 0
    labs = {lab["name"]: lab for lab in json.loads(capsys.readouterr().out)}
    assert list(labs) == list(catalogue.NAMES)
    assert labs["unroll"]["commands"] == ["ask"]
    assert labs["forecast"]["fields"][0]["name"] == "cell" and "generate" in labs["forecast"]["questions"]


@pytest.fixture
def lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "lessons"
    for name, text in {
        "01-shapes": "---\ntitle: Shapes\nsummary: Every number.\nminutes: 20\n---\n\n## One\n\nText.\n",
        "02-broken": "---\ntitle: Broken\n---\n\n## One\n",
    }.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "lesson.md").write_text(text)
    monkeypatch.setattr("tuilab.course.reader.lessons_folder", lambda: folder)
    return folder


def test_lessons_lists_those_that_can_be_read_and_tells_of_the_others(lessons, capsys) -> None:
    assert main(["lessons"]) == 0
    out, err = capsys.readouterr()
    assert out == " 1  Shapes  Every number. (20 minutes)\n"
    assert err.count("\n") == 1 and "02-broken" in err and "line" in err


def test_lessons_as_json(lessons, capsys) -> None:
    assert main(["lessons", "--json"]) == 0
    expected = {"number": 1, "title": "Shapes", "summary": "Every number.", "minutes": 20, "pages": 1, "questions": 0}
    expected |= {"exercises": 0, "solved": 0}
    assert json.loads(capsys.readouterr().out) == [expected | {"seen": 0, "right": 0, "seconds": 0}]
    data_folder().mkdir(parents=True)
    times = ["2026-01-05T09:00:00+00:00", "2026-01-05T09:00:42+00:00", "2026-01-05T10:00:00+00:00"]
    entries = [{"lesson": "01-shapes", "page": page, "time": time} for page, time in enumerate(times, 1)]
    entries.append({"quiz": "01-shapes/q", "right": True, "given": "1", "time": times[-1]})
    damaged = "".join(f"{json.dumps(entry)}\n" for entry in entries) + "junk\n"
    (data_folder() / "progress.jsonl").write_text(damaged)
    assert main(["lessons", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [expected | {"seen": 1, "right": 1, "seconds": 42}]
    assert (data_folder() / "progress.jsonl").read_text() == damaged  # who lists mends nothing


def test_check_prints_every_mistake(lessons, capsys) -> None:
    assert main(["check"]) == 1
    assert "02-broken" in capsys.readouterr().out
    (lessons / "02-broken" / "lesson.md").unlink()
    (lessons / "02-broken").rmdir()
    assert main(["check", str(lessons)]) == 0
    assert capsys.readouterr().out == "No mistakes in 1 lessons.\n"


def test_ask_as_json_is_one_object(capsys) -> None:
    assert main(["ask", "unroll seed=1 neurons=3", "--json"]) == 0
    first = capsys.readouterr().out
    found = json.loads(first)
    assert found["spelling"] == "unroll" and len(found["answer"]["steps"]) == 2
    assert first.count("\n") == 1
    main(["ask", "unroll", "--json"])
    assert capsys.readouterr().out == first


def test_ask_as_text_names_every_array_with_its_shape(capsys) -> None:
    assert main(["ask", "unroll batch=4"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "unroll batch=4"
    for line in ("Wx  (2, 3)", "b  (1, 3)", "steps[0].X  (4, 2)", "steps[1].Y  (4, 3)"):
        assert line in out
    first = out.index("Wx  (2, 3)") + 1
    assert len(out[first]) == len(out[first + 1])  # numbers line up


def test_ask_as_text_writes_rows_as_a_table(capsys) -> None:
    assert main(["ask", "neuron w_x=1 w_y=0 b=1"]) == 0
    out = capsys.readouterr().out.splitlines()
    header = next(line for line in out if "memory_part" in line)
    assert header.split() == ["x", "input_part", "memory_part", "sum", "y", "target", "error"]
    assert out[out.index(header) + 1].split() == ["1", "1", "0", "2", "2", "2", "0"]
    assert "loss = 0" in out


def events(capsys) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


RUN = "forecast hidden=4 length=5 batch=2 steps=30"


def test_run_as_json(capsys) -> None:
    assert main(["run", RUN, "--json", "--ask", "generate steps=3"]) == 0
    started, *steps, answer, finished = events(capsys)
    assert started == {"event": "started", "spelling": RUN}
    assert [step["step"] for step in steps] == list(range(1, 31))
    assert all(set(step) == {"event", "step", "loss", "gradient_norm"} for step in steps)
    assert answer["event"] == "answer" and len(answer["answer"]["values"]) == 8
    assert list(finished) == ["event", "reason", "step", "seconds", "steps_per_second", "loss", "view"]
    assert (finished["reason"], finished["step"], finished["loss"]) == ("done", 30, steps[-1]["loss"])
    assert len(finished["view"]["predicted"]) == 10


def test_same_spelling_same_numbers(capsys) -> None:
    told = []
    for _ in range(2):
        main(["run", RUN, "--json", "--ask", "generate"])
        *others, finished = events(capsys)
        told.append((others, {k: v for k, v in finished.items() if k not in ("seconds", "steps_per_second")}))
    assert told[0] == told[1]


def test_a_run_is_kept_where_that_is_asked_for(capsys) -> None:
    assert main(["run", "words dimensions=5 epochs=1", "--json"]) == 0
    assert main(["ask", "neighbours word=king"]) == 2
    assert "tuilab run words --keep" in capsys.readouterr().err
    assert main(["run", "words dimensions=5 epochs=1", "--keep"]) == 0
    kept = capsys.readouterr().out.splitlines()[-1].removeprefix("kept as ")
    assert main(["ask", "neighbours word=king"]) == 0
    assert main(["ask", f"neighbours word=king vectors={kept}"]) == 0
    about = about_run(runs_folder() / kept)
    assert about is not None and about.finished == "done"
    assert newest_left(runs_folder()) is None


@pytest.mark.parametrize("steps", [1, 16, 17, 1000])
def test_run_in_a_pipe_is_about_twenty_lines(steps: int, capsys) -> None:
    assert main(["run", f"neuron steps={steps}"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert len(out) <= 20 and out[-1].startswith(f"done after {steps} steps, loss ")


@pytest.mark.parametrize("columns", ["30", "80", "200"])
def test_run_on_a_terminal_is_one_line_drawn_again(columns: str, capsys, monkeypatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["run", RUN]) == 0
    first, bar, *_ = capsys.readouterr().out.split("\n")
    drawn = [line for line in bar.split("\r\x1b[K") if line]
    assert first == RUN and " 1/30 " in drawn[0]
    assert all(len(line) < int(columns) for line in drawn[:-1])
    if columns != "30":
        assert set(drawn[0].split()[0]) <= set("━┈") and "  norm " in drawn[0]
    assert drawn[-1].startswith("done after 30 steps")


def test_a_run_that_diverges_says_so_and_fails(capsys) -> None:
    spelling = "forecast hidden=8 lr=10 optimiser=sgd clip=0"
    assert main(["run", spelling, "--json", "--ask", "generate"]) == 1
    *steps, finished = events(capsys)
    assert finished["reason"] == "diverged" and "try clip=1" in finished["sentence"]
    assert steps[-1]["event"] == "step" and finished["step"] == steps[-1]["step"]
    assert main(["run", spelling]) == 1
    assert "try clip=1" in capsys.readouterr().out


MISTAKEN = {
    ("frobnicate",): "frobnicate",
    ("ask",): "SPELLING",
    ("ask", "unroll", "--jsn"): "--jsn",
    ("ask", "frocast"): "There is no experiment 'frocast'. There are: neuron, unroll, shapes, ",
    ("ask", "unroll seed=-1"): "unroll: seed=-1 is not allowed: seed is a whole number from 0",
    ("ask", "unroll 'seed=1\n2'"): "unroll: seed=1 2 is not allowed",
    ("ask", "neuron w_x=\x1b[31m"): "neuron: w_x=?[31m is not allowed",
    ("ask", "generate"): "not asked or run by itself: tuilab run 'forecast' --ask 'generate'.",
    ("run", "generate"): "generate is put to a run",
    ("run", "unroll seed=2"): "unroll has nothing to run; it can be asked: tuilab ask 'unroll seed=2'.",
    ("run", "neuron", "--ask", "generate"): "--ask: generate is no question to neuron. There are: none.",
    ("run", "forecast", "--ask", "unroll"): "--ask: unroll is no question to forecast. There are: generate, moment.",
    ("run", "forecast", "--ask", "freerun"): "--ask: freerun is no question to forecast. There are: generate, moment.",
    ("run", "forecast", "--ask", "generate steps=-1"): "generate: steps=-1 is not allowed",
    ("open", "forecast cell=cnn"): "forecast: cell=cnn is not allowed: cell is one of rnn, lstm, gru.",
    ("open", "generate"): "The labs are: neuron, unroll, shapes, ",
    ("lesson", "one"): "'one'",
    ("lesson", "99"): "There is no lesson 99. There are: ",
    ("--theme", "pink"): "pink",
    ("check", "/nowhere"): "/nowhere holds no lessons",
}


@pytest.mark.parametrize("command", MISTAKEN, ids=" ".join)
def test_a_mistaken_command_is_told_in_one_line(command: tuple[str, ...], capsys) -> None:
    assert main(command) == 2
    out, err = capsys.readouterr()
    assert MISTAKEN[command] in err
    assert out == "" and err.count("\n") == 1 and "Traceback" not in err


def test_a_question_that_the_run_refuses_is_told_after_the_run(capsys) -> None:
    assert main(["run", RUN, "--json", "--ask", "generate first=9999"]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out.splitlines()[-1])["reason"] == "done"
    assert "first=9999 is not allowed" in err and err.count("\n") == 1


@pytest.mark.parametrize("command", [[], ["open", "unroll"], ["lesson", "1"], ["--mouse"]])
def test_without_a_terminal_it_says_what_to_use_instead(command: list[str], lessons, capsys) -> None:
    assert main(command) == 2
    err = capsys.readouterr().err
    assert all(f"tuilab {instead}" in err for instead in ("labs", "ask", "run")) and err.count("\n") == 1


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """A terminal, and an app that only writes down how it was opened."""
    calls: list[dict[str, Any]] = []
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("tuilab.ui.launch.open_app", lambda **settings: calls.append(settings) or 0)
    return calls


def test_what_the_screen_is_opened_with(opened, lessons) -> None:
    for command in ("", "--theme light --mouse", "--theme ansi lesson 1", "lesson 1 --mouse"):
        assert main(command.split()) == 0
    assert main(["open", "forecast cell=gru", "--theme", "dark"]) == 0
    themes = [(call["theme"], call["mouse"], call["lesson"]) for call in opened]
    assert themes == [
        (None, False, None),
        ("light", True, None),
        ("ansi", False, 1),
        (None, True, 1),
        ("dark", False, None),
    ]
    assert main(["--frugal", "lesson", "1", "--no-ascii"]) == 0
    last = opened.pop()
    assert (last["frugal"], last["ascii_only"]) == (True, False)
    assert (opened[0]["frugal"], opened[0]["ascii_only"]) == (None, None)
    assert opened[0]["opening"] is None and opened[-1]["opening"].cell == "gru"


def test_a_dumb_terminal_is_none(opened, monkeypatch, capsys) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert main([]) == 2 and not opened
    said = capsys.readouterr().err
    assert "tuilab --plain" in said and said.count("\n") == 1


def test_version(capsys) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0 and capsys.readouterr().out == f"tuilab {tuilab.__version__}\n"


def test_the_glossary_says_what_a_term_means_and_where_it_lives(capsys) -> None:
    assert main(["glossary", "C"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("C, cell state: The cell state of an LSTM") and out.endswith(
        "(lesson 5, The cell state; lab cell)\n"
    )
    assert out.count("\n") == 1
    assert main(["glossary"]) == 0 and capsys.readouterr().out.count("\n") > 50
    assert main(["glossary", "forget gate", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert (entry["also"], entry["lesson"], entry["lab"]) == (["f"], 5, "cell")
    assert main(["glossary", "zebra"]) == 2
    assert "The glossary has no 'zebra'" in capsys.readouterr().err


def test_what_there_is_no_memory_for_is_a_sentence(monkeypatch, capsys) -> None:
    monkeypatch.setattr("tuilab.labs.room.free_memory", lambda: 1 << 30)
    assert main(["run", "forecast hidden=512 layers=4 batch=256 length=290"]) == 2
    err = capsys.readouterr().err
    assert "length=290 is too large here, with the rest as it is length is at most" in " ".join(err.split())


@pytest.mark.parametrize("command", ["ask", "run"])
def test_what_torch_finds_no_memory_for_is_a_sentence_too(command, monkeypatch, capsys) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory")

    monkeypatch.setattr("tuilab.labs.forecast.experiment.Training", fails)
    assert main([command, "forecast"]) == 2
    assert "There is not enough memory for this; choose smaller sizes." in capsys.readouterr().err


def test_a_locked_experiment_runs_as_any_other(capsys) -> None:
    small = "forecast hidden=2 length=5 batch=2 steps=3"
    told = []
    for spelled in (small, f"{small} lock=lr hide=seed"):
        assert main(["run", spelled, "--json"]) == 0
        told.append([json.loads(line) for line in capsys.readouterr().out.splitlines()])
    losses = [[event["loss"] for event in events if event["event"] == "step"] for events in told]
    assert losses[0] == losses[1] and len(losses[0]) == 3
    assert told[1][0]["spelling"] == f"{small} lock=lr hide=seed"


def test_the_doctor_says_that_nothing_is_kept_without_a_home(capsys, monkeypatch):
    monkeypatch.setattr(doctor, "data_folder", lambda: NOWHERE / "tuilab")
    assert main(["doctor"]) == 0
    assert "records      NOWHERE: there is no home folder; HOME is not set\n" in capsys.readouterr().out

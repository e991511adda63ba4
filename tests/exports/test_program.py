"""Programs that are taken home train as the lab did, where there is nothing but torch."""

import json
import re
from pathlib import Path

import pytest
import torch

from tests.exports.alone import run
from tests.exports.runs import keep, losses
from tuilab import exports
from tuilab.labs import catalogue
from tuilab.labs.spelling import parse

torch.set_num_threads(1)  # as the worker does, and the programs

QUICK = [
    "neuron activation=tanh steps=30 w_x=-0.3",
    "neuron steps=60 sequence=1,2,4,8 lr=0.05",
    "forecast hidden=5 length=8 batch=4 steps=25 noise=0.1",
    "forecast hidden=5 length=8 batch=4 steps=25 decay=no",
    "forecast hidden=5 length=8 batch=4 steps=25 cell=gru reset=before layers=2 optimiser=rmsprop",
    "forecast hidden=5 length=8 batch=4 steps=25 peephole=full clip=0 optimiser=sgd",
    "forecast data=milk hidden=5 batch=4 steps=25",
    "forecast data=milk hidden=5 batch=4 steps=25 decay=linear",
    "forecast data=milk hidden=5 batch=4 steps=25 cell=lstm peephole=diagonal difference=season noise=0 validation=0",
    "shapes hidden=6 batch=8 steps=25",
    "shapes form=encdec cell=lstm hidden=6 batch=8 steps=25 length=3",
    "shapes form=seq2vec cell=rnn hidden=6 batch=8 steps=25 clip=0",
    "gradients depth=5 width=6 steps=20 activation=relu init=he",
    "gradients depth=4 width=6 steps=20 switched=5:clip=0.1,9:init=orthogonal,11:batchnorm=step,15:lr=0.02",
    "gradients network=rnn length=8 width=6 activation=tanh steps=15 switched=7:batchnorm=shared",
    "memory ago=2,4 hidden=5 batch=4 steps=20",
    "memory ago=6 hidden=5 batch=4 steps=22 equal=parameters truncate=3 activation=relu init=orthogonal between=blank",
    "race hidden=5 length=6 batch=4 steps=15",
    "race task=recall equal=parameters peephole=diagonal hidden=5 length=6 batch=4 steps=15 clip=0",
]


def taken_home(tmp_path: Path, spelling: str, steps: int = 0) -> tuple[Path, Path]:
    """A kept run, and its program written beside nothing else."""
    folder, path = keep(tmp_path / "runs", spelling, steps), tmp_path / "empty" / "program.py"
    path.parent.mkdir(exist_ok=True)
    exports.write(folder, "program", path)
    return folder, path


def said(printed: str) -> dict[int, float]:
    """The losses that a program printed as its own, by their steps."""
    found = re.findall(r"^step ([\d,]+): loss (\S+?),? ", printed, re.MULTILINE)
    return {int(step.replace(",", "")): float(loss) for step, loss in found}


def compare(tmp_path: Path, spelling: str, steps: int = 0, sure: int = 20) -> str:
    """Keep, write, run, and hold what it printed up to the step `sure` against what the lab recorded."""
    folder, path = taken_home(tmp_path, spelling, steps)
    went_well, printed = run(path)
    assert went_well and "The same as in the lab" in printed, printed
    recorded, own = losses(folder), said(printed)
    assert max(own) == max(recorded) and {1, 2} <= own.keys()
    for step, loss in own.items():
        if step <= sure:
            assert loss == pytest.approx(recorded[step], rel=1e-4), step
    return printed


@pytest.mark.parametrize("spelling", QUICK)
def test_it_prints_the_losses_of_the_lab(spelling, tmp_path):
    printed = compare(tmp_path, spelling)
    assert printed.rstrip().endswith("The same as in the lab.")


def test_what_it_generates_is_a_short_table_beside_the_sine(tmp_path):
    spelling = "forecast hidden=4 length=6 batch=2 steps=12"
    _, path = taken_home(tmp_path, spelling)
    went_well, printed = run(path)
    lines = printed.splitlines()
    start = lines.index("point  generated       sine   of those generated every tenth") + 1
    rows = [[float(number) for number in line.split()] for line in lines[start : start + 10]]
    training = catalogue.part("forecast", "experiment").Training(parse(spelling))
    while training.step < training.total:
        training.advance()
    there = training.answer(parse("generate"))
    assert went_well and max(map(len, lines)) < 100
    assert [row[0] for row in rows] == [6 + 10 * each for each in range(1, 11)]
    assert [row[1] for row in rows] == pytest.approx(there.values[6 + 9 :: 10], abs=2e-4)
    assert [row[2] for row in rows] == pytest.approx(there.truth[6 + 9 :: 10], abs=1e-4)


@pytest.mark.parametrize("model", ["skipgram", "cbow"])
def test_word2vec_carries_its_text(model, tmp_path):
    compare(tmp_path, f"words dimensions=8 epochs=1 model={model} sample=0.01 window=2", 8)


def test_each_cell_is_written_out():
    for spelling in QUICK:
        text = exports.program(parse(spelling))
        assert not re.search(r"nn\.(RNN|LSTM|GRU)\b|numpy|tuilab\.", text), spelling
        compile(text, "program", "exec")


def test_it_goes_as_far_as_the_run_went(tmp_path):
    printed = compare(tmp_path, "shapes hidden=6 batch=8 steps=1000", 31)  # the learning rate falls to 1,000
    assert max(said(printed)) == 31


def test_a_forecast_that_was_stopped_falls_as_if_it_had_gone_on(tmp_path):
    compare(tmp_path, "forecast hidden=5 length=8 batch=4 steps=900", 15)


def test_a_run_that_diverged(tmp_path):
    folder, path = taken_home(tmp_path, "neuron w_y=80 sequence=1,2,3,4,5,6,7,8,9,10,11,12 activation=relu lr=1")
    went_well, printed = run(path)
    assert went_well == bool(losses(folder)), printed


def test_of_no_run_it_prints_its_losses_alone(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(exports.program(parse("forecast hidden=4 length=6 batch=2 steps=12")))
    went_well, printed = run(path)
    assert went_well and "the lab" not in printed and "step 12: loss" in printed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("torch.tanh(C)", "torch.sigmoid(C)"),
        pytest.param("= 0.01 * NUDGE", "= 0.0101 * NUDGE", marks=pytest.mark.slow),
        pytest.param("manual_seed(1)", "manual_seed(2)", marks=pytest.mark.slow),
        ("    1: ", "    1: 1.001 * "),
    ],
)
def test_what_is_not_the_same_is_said(old, new, tmp_path):
    _, path = taken_home(tmp_path, "forecast hidden=5 length=8 batch=4 steps=25")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    went_well, printed = run(path)
    assert not went_well and "Not the same: at step" in printed


@pytest.mark.slow
def test_a_rounding_that_training_enlarges_is_told_from_a_fault(tmp_path):
    spelling = "forecast optimiser=rmsprop steps=46 decay=no"  # whose first steps are large
    _, path = taken_home(tmp_path, spelling)
    went_well, printed = run(path)
    assert went_well and re.search(r"The same as in the lab up to step \d+; later losses cannot", printed), printed
    path.write_text(path.read_text().replace("optimiser.step()", "optimiser.step() if step != 6 else None"))
    went_well, printed = run(path)
    assert not went_well and "Not the same: at step 10" in printed


@pytest.mark.parametrize(
    ("spelling", "sentence"),
    [
        ("race equal=seconds seconds=1 hidden=4 length=5 batch=2", "no number of the lab can be compared"),
        ("words threads=2", "so that none of its numbers can be compared"),
        ("words seeds=2", "the program trains the first of them"),
        ("forecast device=auto", "a GPU, where the lab found one, rounds otherwise"),
        ("forecast engine=torch", "here its arithmetic is written out"),
    ],
)
def test_what_is_left_to_chance_is_said(spelling, sentence):
    heading = " ".join(exports.program(parse(spelling))[:3000].replace("\n#", " ").split())
    assert sentence in heading


@pytest.mark.parametrize("kind", [kind for kind in catalogue.kinds() if kind not in catalogue.NAMES])
def test_questions_have_no_program(kind):
    with pytest.raises(ValueError, match="does not train, so that there is no program to take home"):
        exports.program(parse(kind))


@pytest.mark.parametrize("kind", catalogue.NAMES)
def test_each_lab_that_trains_has_one(kind):
    lab = catalogue.lab(kind)
    if lab.view is None or kind == "map":  # which is computed from vectors that were trained
        with pytest.raises(ValueError, match="does not train"):
            exports.program(lab.spec())
    else:
        assert exports.program(lab.spec()).startswith(f"# {kind}\n")


def test_a_run_of_something_else(tmp_path):
    folder = keep(tmp_path, "neuron steps=3")
    with pytest.raises(ValueError, match=r"^That run is of neuron steps=3, not of neuron steps=4\.$"):
        exports.program(parse("neuron steps=4"), folder)


def test_a_text_that_is_too_large_or_has_changed(tmp_path, monkeypatch):
    text = tmp_path / "text.txt"
    text.write_text("one two three four. " * 300)
    spelling = f"words corpus={text} dimensions=4 epochs=1"
    folder = keep(tmp_path / "runs", spelling)
    assert "RECORDED" in exports.program(parse(spelling), folder)
    text.write_text("one two three four five. " * 300)
    with pytest.raises(ValueError, match="has changed since that run; train again, then take it home"):
        exports.program(parse(spelling), folder)
    monkeypatch.setattr("tuilab.exports.text.MOST_WORDS", 1000)
    with pytest.raises(ValueError, match="too large to be carried in a program: up to 1,000 words are"):
        exports.program(parse(spelling))


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0c\n", "\u2028\n", "\x00"])
def test_nothing_of_the_record_becomes_a_line_of_the_program(end, tmp_path):
    folder = keep(tmp_path / "runs", "neuron steps=3")
    about = json.loads((folder / "run.json").read_text())
    for field in ("began", "finished", "sentence"):
        about[field] = f"today{end}raise SystemExit('code of the record ran')"
    (folder / "run.json").write_text(json.dumps(about))
    path = tmp_path / "program.py"
    exports.write(folder, "program", path)
    went_well, printed = run(path)
    assert went_well and "code of the record" not in printed


def test_no_setting_becomes_a_line_of_the_program(tmp_path):
    text = tmp_path / "text\nraise SystemExit('its name ran')"
    text.write_text("one two three four. " * 50)
    spec = parse(f'words "corpus={text}" dimensions=2 epochs=1 "watch=one\n1/0"')
    path = tmp_path / "program.py"
    path.write_text(exports.program(spec))
    went_well, printed = run(path)
    assert went_well and "ran" not in printed

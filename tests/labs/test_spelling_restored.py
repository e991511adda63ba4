"""The one line of an experiment: a shell hands it on whole, and what it opens is the same to the last digit."""

import subprocess
import sys
from typing import Any

import msgspec
import pytest

from tests.labs.test_cell_experiment import keep
from tests.vectors.samples import keep_run, rows
from tuilab.labs import catalogue
from tuilab.labs.catalogue import NAMES
from tuilab.labs.keepsake import line_of
from tuilab.labs.spec import LabSpec, Spec, fields
from tuilab.labs.spelling import command, parse, spell
from tuilab.records.folders import runs_folder

SETTINGS = {
    "neuron": ["w_x=0.5 w_y=-1.25 b=1e-05 activation=tanh sequence=1,-2.5,3e-3,4", "lock=w_x hide=b"],
    "unroll": ["data=words set=Wx[0,0]:-1.25,b[0,1]:1e-05 seed=3", "neurons=2 inputs=3 steps=4 order=batch seed=9"],
    "shapes": ["form=seq2vec hidden=4 steps=5 seed=7", "form=encdec cell=gru hidden=5 lock=form"],
    "activations": ["function=elu beside=leaky x=-1.3 layers=7 alpha=0.35", "x=0.1 lock=all"],
    "gradients": [
        "network=rnn length=6 width=4 batch=8 steps=9 seed=5 switched=3:activation=relu,5:init=he,7:clip=0.1",
        "depth=4 width=4 batch=8 lr=0.3 std=0.25 init=normal lock=lr,std",
    ],
    "memory": ["ago=2,5 hidden=4 batch=4 keep=2 seed=4", "ago=3 truncate=2 equal=parameters hide=keep"],
    "cell": [
        "cell=gru reset=before hidden=4 seed=6 t=2 unit=1 clamp=z:1 'set=r[1,1]:0.25,U_n[1,0]:-0.5'",
        "peephole=diagonal hidden=2 first=11 length=5 lock=t",
    ],
    "gates": ["cell=gru hidden=3 length=6 seed=8 first=40", "peephole=full hidden=2 lock=all"],
    "race": ["task=recall equal=parameters hidden=5 steps=40 seed=2", "hidden=4 equal=seconds seconds=3 lock=hidden"],
    "series": ["wave=sum parts=1:2,3:-0.5 noise=0.25 step=3 seed=4", "begin=-2.5 end=7 points=50 length=6 lock=wave"],
    "forecast": [
        "cell=gru hidden=3 layers=2 length=5 batch=4 lr=0.003 clip=0.5 end=12.5 points=90 seed=7",
        "hide=cell",
    ],
    "window": [
        "\"sentence=it's 'quoted' = so\" size=3 shrink=yes sample=0.01 seed=5",
        "'sentence=$HOME `ls` \"a\\b\" !!'",
    ],
    "skipgram": ["model=cbow loss=nce updates=2 seed=4 'set=v[0,1,0]:0.5,u[1,2,1]:-2'", "lock=all"],
    "words": ["dimensions=6 epochs=1 watch=king,queen seed=3 model=cbow", "lock=corpus hide=seed"],
    "neighbours": ["word=king most=4", "'word=king queen' lock=most"],
    "analogy": ["'of=king - man + woman' without=nothing", "'pairs=king:queen man:woman' most=3 lock=pairs"],
    "map": ["words=10 skip=0 perplexity=3 'groups=king,queen;man,woman' seed=6", "words=10 skip=0 start=random"],
}
CASES = [f"{lab} {settings}" for lab, each in SETTINGS.items() for settings in each]
PRINT = "import sys; from tuilab.labs.spelling import parse, spell; print(spell(parse(sys.argv[2])))"


def test_every_lab_is_among_them() -> None:
    assert tuple(SETTINGS) == NAMES


def answer(spec: Spec) -> Any:
    """What the lab answers, or what its training shows after four steps."""
    experiment = catalogue.experiment_of(spec.kind)
    if catalogue.lab(spec.kind).answer is not None:
        return msgspec.to_builtins(experiment.answer(spec))
    training = experiment.Training(spec)
    return [training.advance().loss for _ in range(4)]


@pytest.mark.parametrize("text", CASES)
def test_a_shell_hands_the_line_on_and_it_opens_the_same_with_the_same_numbers(text: str, tmp_path) -> None:
    words = ["king", "queen", "man", "woman", *(f"word{number}" for number in range(30))]
    keep_run(words, rows(len(words)))
    spec = parse(text)
    line = command(spec)
    script = f"tuilab() {{ '{sys.executable}' -c '{PRINT}' \"$@\"; }}; {line}"
    said = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout
    restored = parse(said.rstrip("\n"))
    assert restored == spec and spell(restored) == said.rstrip("\n")
    if spec.kind != "race":  # whose rounds are timed
        assert answer(restored) == answer(spec)


@pytest.mark.parametrize("lab", NAMES)
def test_the_seed_is_in_the_line_even_where_it_is_the_default(lab: str) -> None:
    spec = parse(lab)
    assert isinstance(spec, LabSpec) and parse(command(spec).removeprefix("tuilab open ").strip("'\"")) == spec
    assert (" seed=" in command(spec)) == any(field.name == "seed" for field in fields(type(spec)))


def test_the_newest_run_is_named_where_it_is_known() -> None:
    keep("forecast hidden=3 length=5", 3)
    (name,) = [folder.name for folder in runs_folder().iterdir()]
    line, (note,) = line_of(parse("cell model=last"), name)
    assert f"model={name}" in line and "last" not in line
    assert note == f"What model={name} names is on this machine; elsewhere the line opens only where it is there too."
    assert answer(parse(line.split("'")[1])) == answer(parse("cell model=last"))
    assert answer(parse("cell model=last"))["run"] == name
    line, (note,) = line_of(parse("unroll model=last batch=1"))
    assert "model=last" in line and note.startswith("model=last is the newest run that is kept on this machine")


@pytest.mark.parametrize(
    ("text", "notes"),
    [("words", 0), ("words corpus=pydoc", 0), ("words corpus=~/a.txt", 1), ("map", 1), ("cell", 0), ("forecast", 0)],
)
def test_what_is_only_on_this_machine_is_said(text: str, notes: int) -> None:
    assert len(line_of(parse(text))[1]) == notes


@pytest.mark.parametrize("sign", ["\n", "\x1b[201~", "\x03"])
def test_what_could_steer_a_terminal_is_in_no_line(sign: str) -> None:
    with pytest.raises(ValueError, match="words: a setting has characters in it that cannot be typed"):
        line_of(parse(f"words 'corpus=a{sign}b'"))

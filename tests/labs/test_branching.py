"""A run that branches from a moment of another goes on as that one did, to the last bit, or as it is told."""

import numpy as np
import pytest

from tuilab.labs.branching import begin
from tuilab.labs.keeping import Keeping, reopen
from tuilab.labs.spelling import parse, spell
from tuilab.records.desk import delete
from tuilab.records.folders import runs_folder
from tuilab.records.shelf import folders
from tuilab.records.snapshots import kept_steps

TRAINED = [
    "neuron steps=40",
    "forecast steps=40 hidden=5 batch=4 length=12 points=80 layers=2 clip=0.5 seed=3",
    "forecast steps=40 hidden=5 batch=4 length=12 points=80 cell=lstm peephole=full optimiser=rmsprop",
    "forecast data=milk steps=40 hidden=5 batch=4",
    "shapes steps=40 seed=3",
    "gradients steps=40 depth=4 width=8 switched=7:activation=relu,30:clip=0.5",
    "memory steps=40 ago=5",
    "race steps=40 hidden=8 length=6",
    "words epochs=2 dimensions=8 corpus=language",
]


@pytest.fixture
def trained():
    """Trains a spelling to its end, kept; its training, and what each step measured."""

    def train(text):
        spec = parse(text)
        training, before = begin(spec)
        keeping = Keeping(spec, training, runs_folder(), before=before)
        measured = []
        while training.step < min(training.total, 40):
            measured.append(training.advance())
            keeping.step(measured[-1], 0.1)
        keeping._save()
        keeping.close()
        return training, measured

    return train


def moment(at=15):
    """The run that was kept last, and the moment of it that is nearest."""
    folder = folders(runs_folder())[0]
    step = min(kept_steps(folder), key=lambda each: abs(each - at))
    assert 1 < step < 40
    return folder, step


@pytest.mark.parametrize("text", TRAINED)
def test_a_branch_with_the_same_settings_ends_as_its_origin(trained, text):
    whole, measured = trained(text)
    folder, step = moment()
    branch, again = trained(f"{text} branch={folder.name}@{step}")
    assert branch.step == whole.step and again == measured[step:]
    ours, theirs = branch.state(), whole.state()
    assert ours.keys() == theirs.keys()
    for name in ours:
        if not name.endswith("times"):  # seconds
            assert np.array_equal(ours[name], theirs[name], equal_nan=ours[name].dtype.kind == "f"), name


def test_a_branch_keeps_what_was_measured_before_it_and_lives_without_its_origin(trained):
    text = TRAINED[1]
    _, measured = trained(text)
    origin, step = moment()
    trained(f"{text} branch={origin.name}@{step}")
    delete(origin)
    (folder,) = folders(runs_folder())
    kept, training, lines = reopen(runs_folder(), folder.name)
    kept.close()
    assert training.step == 40 and spell(training.spec).endswith(f"branch={origin.name}@{step}")
    assert [loss for line in lines for loss in line.loss] == [each.loss for each in measured]


def test_a_branch_may_learn_otherwise(trained):
    text = TRAINED[1]
    _, measured = trained(text)
    folder, step = moment()
    branch, again = trained(f"{text} lr=0.5 branch={folder.name}@{step}".replace("steps=40", "steps=60"))
    assert branch.total == 60 and again[0].loss == measured[step].loss and again[-1].loss != measured[-1].loss


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("hidden=6", "does not fit these settings"),
        ("seed=4", "goes on with the random numbers of seed=3"),
        ("steps=10", "it needs more"),
    ],
)
def test_a_branch_that_does_not_fit_is_refused_in_a_sentence(trained, changed, said):
    text = TRAINED[1]
    trained(text)
    folder, step = moment()
    name = changed.partition("=")[0]
    words = [word for word in text.split() if not word.startswith(f"{name}=")]
    with pytest.raises(ValueError, match=said):
        begin(parse(" ".join([*words, changed, f"branch={folder.name}@{step}"])))


def test_a_run_on_another_series_is_refused(trained):
    trained("forecast steps=40 cell=gru hidden=5 batch=4")
    folder, step = moment()
    with pytest.raises(ValueError, match=r"is forecast cell=gru .*, which has other settings than this; name"):
        begin(parse(f"forecast data=milk hidden=5 batch=4 branch={folder.name}@{step}"))
    trained("forecast data=milk steps=40 hidden=5 batch=4")
    folder, step = moment()
    with pytest.raises(ValueError, match=r"is forecast data=milk .*, which has other settings than this; name"):
        begin(parse(f"forecast cell=gru hidden=5 batch=4 branch={folder.name}@{step}"))


def test_a_moment_that_was_not_kept_is_refused_with_the_nearest(trained):
    trained(TRAINED[1])
    folder, step = moment()
    gap = next(each for each in range(step, 40) if each not in kept_steps(folder))
    with pytest.raises(ValueError, match=f"at={gap} is no step that was kept of this run; the nearest is"):
        begin(parse(f"{TRAINED[1]} branch={folder.name}@{gap}"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("neuron branch=20260101-000000.000000-neuron@3", "there is no kept run 20260101-000000.000000-neuron"),
        ("outcome branch=20260101-000000.000000-race@3", "this question trains from the first step"),
        ("effect branch=20260101-000000.000000-gradients@3", "this question trains from the first step"),
        ("neuron branch=last", "branch is nothing, or a kept run and a step of it, as NAME@400"),
        ("neuron branch=../../etc@3", "branch is nothing, or a kept run and a step of it"),
    ],
)
def test_a_branch_of_what_is_not_there_is_refused(text, said):
    with pytest.raises(ValueError, match=said):
        begin(parse(text))


def test_a_run_of_another_lab_is_refused(trained):
    trained(TRAINED[1])
    folder, step = moment()
    with pytest.raises(ValueError, match="is a run of forecast; name one of neuron"):
        begin(parse(f"neuron branch={folder.name}@{step}"))

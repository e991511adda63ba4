"""Runs as every format ever written has them open, go on, and become the present one."""

import json

import numpy as np
import pytest
from safetensors.numpy import save_file

from tuilab.labs.branching import begin
from tuilab.labs.keeping import reopen
from tuilab.labs.spelling import parse
from tuilab.records.about import FORMAT, about_run
from tuilab.records.curve import read_curve
from tuilab.records.folders import runs_folder
from tuilab.records.keeper import Keeper
from tuilab.records.runlog import FORMAT_LINE, read_log
from tuilab.records.shelf import newest_left, row
from tuilab.records.snapshots import kept_steps, look_into

NAME = "20260901-100000.123456-neuron"
SPELLING = "neuron steps=20"
LINES = (
    b'{"first":1,"loss":[9.0,8.0,7.0],"gradient_norm":[3.0,2.0,1.0],"seconds":0.01}\n'
    b'{"first":4,"loss":[6.0,null],"gradient_norm":[0.9,0.8],"seconds":0.02}\n'
)
ABOUT = {
    "format 1": '{"spelling":"neuron steps=20","began":"2026-09-01T10:00:00+00:00","finished":null,"sentence":"",'
    '"format":1}',
    "format 2": '{"spelling":"neuron steps=20","began":"2026-09-01T10:00:00+00:00","finished":null,"sentence":"",'
    '"steps":null,"loss":null,"seconds":null,"format":2}',
}
LOGS = {"without its format": LINES, "with its format": FORMAT_LINE + LINES}


@pytest.fixture(params=[(about, log) for about in ABOUT for log in LOGS], ids=" ".join)
def old(request):
    """A run in its fifth step, as it was written then; its moment at step 3 has weights alone."""
    about, log = request.param
    folder = runs_folder() / NAME
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(ABOUT[about])
    (folder / "log.jsonl").write_bytes(LOGS[log])
    training, _ = begin(parse(SPELLING))
    for _ in range(5):
        training.advance()
    state = {name: np.copy(array) for name, array in training.state().items()}
    save_file(state, folder / "state.safetensors", {"step": "5", "format": "1"})
    weights = {name: array for name, array in state.items() if name.startswith("parameter.")}
    save_file(weights, folder / "at-000000003.safetensors", {"step": "3", "format": "1"})
    return folder


def test_it_is_listed_offered_and_drawn(old):
    found = row(old)
    assert (found.step, found.seconds, found.fate) == (5, 0.02, "left")
    assert newest_left(old.parent)[:3] == (NAME, SPELLING, 5)
    assert read_curve(old).loss == ([9.0, 8.0, 7.0, 6.0, None], [9.0, 8.0, 7.0, 6.0, None])


def test_it_is_gone_on_with_and_becomes_the_present_format(old):
    kept, training, measured = reopen(old.parent, NAME)
    assert training.step == 5 and sum(len(each.loss) for each in measured) == 5
    keeper = Keeper(old.parent, SPELLING, kept)
    while training.step < training.total:
        keeper.note(training.advance())
        keeper.look(training.step, training.state)
    keeper.save(training.step, 0.1, training.state)
    keeper.finish("done", "")
    assert keeper.problem == ""
    keeper.close()
    assert json.loads((old / "run.json").read_text())["format"] == FORMAT
    about = about_run(old)
    assert (about.finished, about.steps, about.seconds, about.format) == ("done", 20, 0.1, FORMAT)
    assert [each.first for each in read_log(old / "log.jsonl")] == [1, 4, 6]
    whole, _ = begin(parse(SPELLING))
    while whole.step < whole.total:
        whole.advance()
    assert whole.view() == training.view()


def test_a_moment_of_weights_alone_is_looked_into_but_nothing_branches_from_it(old):
    assert kept_steps(old) == [3]
    found = look_into(old.parent, NAME, "neuron", at=3)
    assert found.step == 3 and found.weights and all(name.startswith("parameter.") for name in found.weights)
    with pytest.raises(ValueError, match=r"does not fit these settings: .* is missing; train again\. What makes"):
        begin(parse(f"{SPELLING} branch={NAME}@3"))


def test_a_branch_of_its_last_save_goes_on(old):
    training, measured = begin(parse(f"{SPELLING} branch={NAME}@5"))
    assert training.step == 5 and len(measured) == 2

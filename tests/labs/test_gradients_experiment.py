import math
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch

from tuilab.labs import switches
from tuilab.labs.gradients import sentences
from tuilab.labs.gradients.experiment import Training, answer
from tuilab.labs.gradients.history import History
from tuilab.labs.gradients.spec import Gradients, GradientsView
from tuilab.labs.run import Diverged
from tuilab.labs.spelling import parse, spell
from tuilab.records.keeper import Keeper
from tuilab.worker.job import Job

torch.set_num_threads(1)  # as the worker does: more only wait for each other

SMALL = "gradients depth=6 width=8 batch=16 steps=60"


def training(text: str = SMALL) -> Training:
    spec = parse(text)
    assert isinstance(spec, Gradients)
    return Training(spec)


def advanced(run: Training, until: int) -> Training:
    while run.step < until:
        run.advance()
    return run


def throw(run: Training, **settings: str) -> None:
    run.change(switches.thrown(run.spec, run.step, settings))


@pytest.mark.parametrize("network", ["stack", "rnn"])
def test_a_run_with_switches_is_replayed_from_its_spelling_number_for_number(network: str) -> None:
    live = training(f"{SMALL} network={network} length=8")
    for step, settings in ((10, {"activation": "relu", "init": "he"}), (25, {"clip": "0.5"}), (40, {"lr": "0.01"})):
        throw(advanced(live, step), **settings)
    advanced(live, 60)
    again = advanced(training(spell(live.spec)), 60)
    assert again.view() == live.view() and len(live.view().stretches) == 4
    for name, array in live.state().items():
        assert np.array_equal(array, again.state()[name]), name


def test_what_is_switched_right_at_the_step_of_a_save_is_so_after_it() -> None:
    run = advanced(training(), 10)
    before = {name: array.copy() for name, array in run.state().items()}
    throw(run, init="he")
    after = {name: array.copy() for name, array in run.state().items()}
    metrics = run.advance()
    for state in (before, after):  # saved before the switch or after it, the spelling has it
        second = Training(run.spec)
        second.restore(10, state)
        assert second.advance() == metrics


def test_an_initialisation_thrown_is_that_of_the_same_seed_from_the_beginning() -> None:
    run = advanced(training(), 10)
    throw(run, init="orthogonal")
    fresh = training(f"{SMALL} init=orthogonal")
    for name, array in fresh.state().items():
        if name.startswith("parameter."):
            assert np.array_equal(array, run.state()[name])


def test_going_back_is_as_if_it_had_never_gone_on() -> None:
    run = advanced(training(), 20)
    kept = {name: array.copy() for name, array in run.state().items() if name.startswith("parameter.")}
    throw(advanced(run, 35), activation="relu")
    advanced(run, 50)
    assert run.tells(32, 20) and not run.tells(32, 23)
    run.change(switches.taken_back(run.spec, 32))
    run.go_back(20, kept)
    advanced(run, 32)
    assert run.view() == advanced(training(), 32).view()


@pytest.mark.parametrize("folder", [False, True])
@pytest.mark.parametrize("switched", [26, 40, 41, 47, 64, 70])
def test_the_numbers_before_a_switch_are_the_same_after_going_back(tmp_path: Path, switched: int, folder: bool) -> None:
    job = job_of("gradients depth=4 width=4 batch=8 steps=200", tmp_path if folder else None)
    advanced_by(job, switched)
    job.change({"activation": "tanh"})
    advanced_by(job, 75)
    told = job.run.view()
    advanced_by(job, 90)
    job.change({"clip": "1"})
    advanced_by(job, 100)
    job.change({}, 75)
    while job.running:
        job.advance()
    assert job.run.step == 75 and not job.running and told == job.run.view()


def test_several_switches_before_the_step_it_goes_back_to() -> None:
    job = job_of("gradients depth=4 width=4 batch=8 steps=200")
    for step, settings in ((3, {"lr": "0.2"}), (40, {"activation": "tanh"}), (58, {"clip": "1"}), (66, {"init": "he"})):
        advanced_by(job, step)
        job.change(settings)
    advanced_by(job, 75)
    told = job.run.view().stretches
    advanced_by(job, 150)
    job.change({}, 75)
    while job.running:
        job.advance()
    assert told == job.run.view().stretches


def job_of(spelled: str, root: Path | None = None) -> Job:
    return Job(1, training(spelled), lambda event: None, False, Keeper(root, spelled))


def advanced_by(job: Job, until: int) -> None:
    while job.run.step < until:
        job.advance()


def test_a_run_saved_right_after_a_switch_says_it_once() -> None:
    run = advanced(training(), 10)
    throw(run, activation="tanh", batchnorm="step")
    throw(run, clip="1")
    kept = {name: array.copy() for name, array in run.state().items()}
    second = Training(run.spec)
    second.restore(10, kept)
    assert second.view() == run.view()
    assert run.view().stretches[-1].switched == "activation=tanh, batchnorm=step, clip=1"
    assert advanced(second, 20).view() == advanced(run, 20).view()
    assert second.view() == advanced(training(spell(run.spec)), 20).view()


def test_what_is_switched_back_right_there_ends_no_stretch() -> None:
    run = advanced(training(), 15)
    before = run.view()
    throw(run, clip="1")
    assert len(run.view().stretches) == 2
    throw(run, clip="0")
    assert run.view() == before and run.spec.switched == ""


def test_an_explosion_is_told_again_where_the_run_is_taken_up() -> None:
    run = training("gradients network=rnn activation=relu init=identity length=50 steps=100")
    advanced(run, 1)
    throw(run, lr="0.09")
    with pytest.raises(Diverged):
        advanced(run, 100)
    kept = {name: array.copy() for name, array in run.state().items()}
    second = Training(run.spec)
    second.restore(run.step, kept)
    assert second.view().broken is not None and second.view() == run.view()


def test_a_history_saved_by_an_earlier_version_is_read() -> None:
    history = History()
    history.note(1, 0.5, 1.0, 1.0, [1.0])
    saved = msgspec.json.decode(history.encoded())
    del saved["ended"], saved["broken"]
    again = History()
    again.take_back(msgspec.json.encode(saved))
    assert again.rows() == history.rows() and again.broken is None


def test_what_is_switched_back_is_spelled_to_the_last_digit() -> None:
    spec = parse("gradients lr=0.0123456789 clip=1.23456789 switched=5:lr=1,9:clip=0")
    assert isinstance(spec, Gradients)
    assert sentences.back_from_last(spec, 7) == {"lr": "0.0123456789"}
    assert sentences.back_from_last(spec, 10) == {"clip": "1.23456789"}
    assert sentences.next_switch(switches.in_force(spec, 10), "clip", spec) == {"clip": "1.23456789"}


def test_rows_lie_evenly_and_the_newest_is_there() -> None:
    history = History()
    for step in range(1, 1001):
        history.note(step, 1.0, 1.0, 1.0, [float(step)])
    steps = [row.step for row in history.rows()]
    assert len(steps) <= 65 and steps[-1] == 1000 and steps[0] == 1
    assert len({b - a for a, b in pairwise(steps[:-1])}) == 1


def stretches(text: str) -> GradientsView:
    found = answer(parse(text))
    assert isinstance(found, GradientsView)
    return found


def test_a_stretch_is_told_by_the_mean_of_its_last_ten_steps() -> None:
    run = training()
    metrics = [run.advance() for _ in range(30)]
    told = run.view().stretches[-1]
    assert told.loss == pytest.approx(sum(m.loss for m in metrics[-10:]) / 10)
    assert told.norm == pytest.approx(sum(m.gradient_norm for m in metrics[-10:]) / 10)
    assert told.norms[0] and told.norms[-1] and told.first_to_last == told.norms[0] / told.norms[-1]
    assert told.counted == 10


def test_an_explosion_is_told_with_its_step_and_its_place_and_the_run_goes_on_with_a_cure() -> None:
    run = training("gradients network=rnn activation=relu init=identity length=50 steps=100")
    with pytest.raises(Diverged, match=r"Step 3: the first inf stood in time step \d+ of 50, on the way forwards"):
        advanced(run, 100)
    view = run.view()
    assert view.broken is not None and view.broken.step == 3
    assert view.rows[-1].step == 3 and None in view.rows[-1].norms
    throw(run, init="xavier")
    assert run.view().broken is None
    advanced(run, 20)
    assert [row.step for row in run.view().rows] == list(range(1, 21))
    assert all(math.isfinite(norm) for row in run.view().rows for norm in row.norms if norm is not None)


def test_before_training_the_gradient_is_there_and_nothing_is_trained() -> None:
    view = stretches("gradients")
    assert len(view.rows) == 1 and len(view.rows[0].norms) == 20
    assert stretches("gradients depth=50 activation=relu init=normal std=10").broken is not None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_clipping_cures_no_vanishing_gradient(seed: int) -> None:
    """The ratio of the first time step's gradient to the last one's stays where it was, and so does the loss."""
    view = stretches(f"effect network=rnn activation=sigmoid seed={seed} steps=200 switched=100:clip=0.1")
    before, after = view.stretches
    assert before.first_to_last is not None and after.first_to_last is not None
    assert 0.01 < after.first_to_last / before.first_to_last < 100
    assert after.first_to_last < 1e-20
    assert after.applied is not None and after.applied <= 0.1 < (after.norm or 0)
    assert after.loss == pytest.approx(math.log(8), abs=0.05)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_relu_alone_does_not_fix_a_recurrent_network(seed: int) -> None:
    view = stretches(f"effect network=rnn activation=tanh seed={seed} steps=300 switched=100:activation=relu")
    after = view.stretches[-1]
    assert view.broken is not None or (after.loss or 0) > 1.9  # it breaks, or it guesses


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_cures_of_a_stack_in_numbers(seed: int) -> None:
    view = stretches(f"effect seed={seed} steps=600 switched=100:activation=relu,100:init=he,350:batchnorm=step")
    vanished, he, normed = view.stretches
    assert (vanished.first_to_last or 0) < 1e-10 and vanished.loss == pytest.approx(math.log(2), abs=0.05)
    assert 0.01 < (he.first_to_last or 0) < 100
    assert 0.01 < (normed.first_to_last or 0) < 100
    assert (normed.loss or 1) < 0.62


def test_weights_that_began_anew_are_those_of_before_once_that_is_switched_back_at_its_own_step():
    run = Training(parse("gradients depth=3 width=6 steps=20"))
    for _ in range(5):
        run.advance()
    before = [parameter.detach().clone() for parameter in run.net.parameters]
    run.change(switches.thrown(run.spec, 5, {"init": "normal"}))
    run.change(switches.thrown(run.spec, 5, {"std": "0.5"}))
    assert not torch.equal(run.net.parameters[0], before[0])
    run.change(switches.thrown(run.spec, 5, {"init": "xavier"}))
    assert all(map(torch.equal, run.net.parameters, before))

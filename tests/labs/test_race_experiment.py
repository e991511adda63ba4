"""The race is fair: the same batches, the same handicap, and a table that adds up."""

import math

import numpy as np
import pytest
import torch

from tuilab.engine.layer import Kind
from tuilab.engine.racer import Racer, Task, hidden_as_large, size_of
from tuilab.engine.training import Diverged as EngineDiverged
from tuilab.labs.race.experiment import Training, answer
from tuilab.labs.run import Diverged
from tuilab.labs.spelling import SpellingError, parse

SMALL = "race hidden=6 length=8 batch=4 steps=60"


def raced(text):
    run = Training(parse(text))
    while run.step < run.total:
        run.advance()
    return run


def test_all_train_on_the_same_batches():
    run = Training(parse(SMALL))
    for _ in range(3):
        states = {bytes(lane.racer.batches.get_state().numpy()) for lane in run.lanes}
        assert len(states) == 1
        run.advance()


def test_a_racer_is_torchs_own_layer_trained_alike():
    task = Task("sine", 8, 4)
    racer = Racer(Kind("gru"), 6, task, 1, ("adam", 0.01, 1.0))
    layer, readout = torch.nn.GRU(1, 6, batch_first=True), torch.nn.Linear(6, 1)
    layer.load_state_dict(racer.recurrent.to_torch())
    readout.load_state_dict(racer.readout.state_dict())
    optimiser = torch.optim.Adam([*layer.parameters(), *readout.parameters()], 0.01)
    batches = torch.Generator().manual_seed(1)
    for _ in range(20):
        inputs, targets = task.draw(batches)
        loss = ((readout(layer(inputs)[0]) - targets) ** 2).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*layer.parameters(), *readout.parameters()], 1.0)
        optimiser.step()
        assert racer.step()[0] == pytest.approx(loss.item(), rel=1e-3)


@pytest.mark.parametrize("task", ["sine", "recall"])
def test_equal_parameters_are_as_equal_as_whole_units_allow(task):
    view = Training(parse(f"race equal=parameters hidden=32 task={task}")).view()
    sizes = {lane.name: lane.parameters for lane in view.lanes}
    for lane in view.lanes:
        assert abs(lane.parameters / sizes["LSTM"] - 1) < 0.05
    assert view.lanes[0].hidden > view.lanes[3].hidden > view.lanes[1].hidden == 32 > view.lanes[2].hidden


def test_the_size_that_is_reckoned_is_the_size_there_is():
    for kind in (Kind("rnn"), Kind("lstm", "full"), Kind("lstm", "diagonal"), Kind("gru")):
        for name in ("sine", "recall"):
            task = Task(name, 5, 2)
            assert size_of(kind, 7, task) == Racer(kind, 7, task, 1, ("adam", 0.01, 1.0)).size


def test_as_many_parameters_as_the_lstm_has_are_as_near_as_whole_units_allow():
    task = Task("sine", 5, 2)
    assert hidden_as_large(Kind("lstm"), 7, task) == 7
    wanted, found = size_of(Kind("lstm"), 7, task), hidden_as_large(Kind("gru"), 7, task)
    nearest = min(range(1, 30), key=lambda hidden: abs(size_of(Kind("gru"), hidden, task) - wanted))
    assert found == nearest == 8
    assert hidden_as_large(Kind("lstm", "full"), 1, task) == 1


def test_the_verdict_adds_up():
    run = raced(SMALL)
    view = run.view()
    assert view.equal_steps == 60 and view.equal_seconds == min(lane.seconds for lane in view.lanes)
    for lane, runner in zip(view.lanes, run.lanes, strict=True):
        assert lane.at_steps == pytest.approx(np.mean(runner.losses[40:60]))
        done = sum(moment <= view.equal_seconds for moment in runner.times)
        assert lane.at_seconds == pytest.approx(np.mean(runner.losses[max(0, done - 20) : done]))
        assert lane.at_seconds is not None and runner.times[0] < 0.1
        assert lane.x[-1] == 60 and np.mean(lane.y) == pytest.approx(np.mean(runner.losses))
        assert lane.y[-1] < lane.y[0] and lane.accuracy is None


def test_equal_seconds_are_equal():
    view = raced("race hidden=6 length=8 batch=4 equal=seconds seconds=1").view()
    for lane in view.lanes:
        assert 1 <= lane.seconds < 1.1 and lane.x[-1] == lane.seconds


def test_what_is_recalled_is_counted():
    run = raced("race task=recall length=3 hidden=16 steps=200 lr=0.02")
    assert all(lane.accuracy == 1 for lane in run.view().lanes)
    assert all(lane.accuracy < 0.5 for lane in Training(parse("race task=recall length=3")).view().lanes)


def test_a_race_goes_on_as_if_it_had_never_stopped():
    whole, first = raced(SMALL), Training(parse(SMALL))
    for _ in range(25):
        first.advance()
    second = Training(parse(SMALL))
    second.restore(25, {name: array.copy() for name, array in first.state().items()})
    while second.step < second.total:
        second.advance()
    assert [lane.losses for lane in second.lanes] == [lane.losses for lane in whole.lanes]


def test_one_that_diverges_is_out_and_the_others_go_on():
    run = Training(parse(SMALL))
    with torch.no_grad():
        run.lanes[0].racer.readout.weight.fill_(1e38)
    for _ in range(3):
        run.advance()
    view = run.view()
    assert "became" in view.lanes[0].problem and view.lanes[0].steps == 0 and view.equal_steps == 3
    assert math.isfinite(view.lanes[3].at_steps)
    again = Training(parse(SMALL))
    again.restore(3, {name: array.copy() for name, array in run.state().items()})
    assert again.lanes[0].problem == run.lanes[0].problem
    assert again.advance() == run.advance() and again.view().equal_steps == 4
    run.lanes[1].problem = "out"  # with the losses of three steps, it is in no verdict
    assert (run.view().lanes[1].at_steps, run.view().lanes[1].at_seconds) == (None, None)
    for lane in run.lanes:
        lane.problem = lane.problem or "out"
    with pytest.raises(Diverged, match="All four have diverged"):
        run.advance()
    assert run.step == 4  # the step was not taken


def test_what_was_saved_of_something_else_is_refused_in_a_sentence():
    run = Training(parse(SMALL))
    state = {name.replace("losses", "loss"): array for name, array in run.state().items()}
    with pytest.raises(ValueError, match="of another race"):
        run.restore(1, state)


def test_the_outcome_is_that_of_a_whole_race():
    asked = answer(parse("outcome hidden=6 length=8 batch=4 steps=60 task=recall"))
    run = raced("race hidden=6 length=8 batch=4 steps=60 task=recall").view()
    assert asked.equal_steps == 60
    for lane, other in zip(asked.lanes, run.lanes, strict=True):
        assert (lane.name, lane.at_steps, lane.accuracy) == (other.name, other.at_steps, other.accuracy)


def test_where_all_diverge_the_outcome_says_so_of_each(monkeypatch):
    def fail(self):
        raise EngineDiverged("the loss became nan")

    monkeypatch.setattr(Racer, "step", fail)
    lanes = answer(parse("outcome hidden=6 length=8 batch=4")).lanes
    assert [(lane.problem, lane.at_steps) for lane in lanes] == [("the loss became nan", None)] * 4


@pytest.mark.parametrize("wrong", ["equal=seconds", "steps=2000"])
def test_what_no_outcome_can_be_asked_of(wrong):
    with pytest.raises(SpellingError):
        parse(f"outcome {wrong}")

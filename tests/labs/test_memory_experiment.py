"""The memory lab: the same batches for all, who learns it, and what is said."""

import numpy as np
import pytest

from tuilab.labs.memory.experiment import Training, answer
from tuilab.labs.memory.plain import brief, compared, told
from tuilab.labs.memory.sentences import verdict
from tuilab.labs.run import Diverged
from tuilab.labs.spelling import SpellingError, parse

SMALL = "memory ago=2,4 hidden=6 batch=4 steps=40"


def trained(text, steps=None):
    run = Training(parse(text))
    while run.step < (steps or run.total):
        run.advance()
    return run


def test_the_three_of_a_t_train_on_the_same_batches():
    run = trained(SMALL, 7)
    by_ago = {}
    for each in run.entrants:
        by_ago.setdefault(each.network.task.ago, set()).add(bytes(each.network.batches.get_state().numpy()))
    assert [len(states) for states in by_ago.values()] == [1, 1]


def test_lstm_and_gru_recall_what_was_50_steps_ago_and_the_rnn_does_not():
    view = trained("memory ago=50").view()
    rnn, lstm, gru = (lane.nets[0] for lane in view.lanes)
    assert lstm.learned and gru.learned and not rnn.learned
    assert min(lstm.accuracy, gru.accuracy) >= 0.99 and rnn.accuracy < 0.5
    assert rnn.first < 1e-5
    said = verdict(view, 0)
    assert said.startswith("T=50: learned by LSTM after ") and "RNN recalls" in said


def test_one_that_has_learned_it_stops_and_the_others_go_on():
    run = trained("memory ago=1 steps=300 lr=0.02 between=blank keep=0")
    for each in run.entrants:
        assert each.learned == len(each.losses) < 300 and each.learned % 20 == 0
    assert run.step == 300
    net = run.view().lanes[0].nets[0]
    assert net.at[0] == 0 and net.at[-1] == net.learned and net.accuracies[-1] == net.accuracy


def test_equal_parameters():
    lanes = answer(parse("memory equal=parameters")).lanes
    assert [lane.name for lane in lanes] == ["RNN", "LSTM", "GRU"]
    for lane in lanes:
        assert abs(lane.parameters / lanes[1].parameters - 1) < 0.05
    assert lanes[0].hidden > lanes[2].hidden > lanes[1].hidden == 32


def test_truncation_cuts_the_gradient_off():
    net = answer(parse("memory ago=10 truncate=4")).lanes[1].nets[0]
    assert [share > 0 for share in net.reach] == [False] * 7 + [True] * 4 and net.first == 0


def test_a_run_goes_on_from_where_it_was_kept():
    whole, begun = trained(SMALL), trained(SMALL, 25)
    state = {name: np.array(array) for name, array in begun.state().items()}
    taken = Training(parse(SMALL))
    taken.restore(25, state)
    while taken.step < taken.total:
        taken.advance()
    assert taken.view() == whole.view()
    with pytest.raises(ValueError, match="another memory lab"):
        Training(parse(SMALL)).restore(1, {})


def test_who_explodes_is_out_and_when_all_have_a_sentence_says_so():
    run = trained("memory ago=20 activation=relu lr=10 clip=0 steps=60 hidden=16 batch=8", 30)
    view = run.view()
    assert view.lanes[0].nets[0].problem == "the gradient norm became inf at step 2"
    assert not view.lanes[1].nets[0].problem and len(run.entrants[1].losses) == 30
    assert all(np.isfinite(share) for lane in view.lanes for net in lane.nets for share in net.reach)
    assert "RNN is out, the " in told(view)
    for each in run.entrants[1:]:
        each.problem = "the loss became nan at step 31"
    with pytest.raises(Diverged, match=r"All networks have diverged: .* lr=10 is probably too large"):
        run.advance()


def test_accuracy_is_that_of_the_last_step_and_the_gradient_is_not_measured_more_often():
    run = trained(SMALL, 25)
    assert all(each.at[-1] == 20 for each in run.entrants)
    measured = [net.reach for lane in run.view().lanes for net in lane.nets]
    run.advance()
    assert [net.reach for lane in run.view().lanes for net in lane.nets] == measured
    run = trained(SMALL.replace("steps=40", "steps=27"))
    assert all(each.at[-1] == 27 for each in run.entrants)
    fresh = [each.network.reach().tolist() for each in run.entrants]
    assert [net.reach for lane in run.view().lanes for net in lane.nets] == fresh


@pytest.mark.parametrize("ago", ["0", "", "5,5", "1,2,3,4,5,6", "301", "two", "5,,6", "-3", "1.5"])
def test_bad_t_are_refused(ago):
    with pytest.raises(SpellingError, match="ago is 1 to 5 different whole numbers from 1 to 300"):
        parse(f"memory ago={ago}")


def test_plain_mode_says_it():
    view = answer(parse("memory ago=5,50"))
    assert "T=50: gradient at the symbol, the last step's is 1: RNN" in told(view) and "guessing" not in told(view)
    assert brief(view)["recalled"][1]["cell"] == "LSTM"
    assert compared(view)["GRU"]["parameters"] == 5064
    assert "guessing gives 12.5 %" in told(trained(SMALL, 3).view())

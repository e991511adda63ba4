"""What lesson 4 says of slopes, deep stacks, unrolled networks and memories, held against its own experiments."""

from statistics import mean

import pytest

from tuilab.labs import catalogue
from tuilab.labs.memory.spec import SYMBOLS
from tuilab.labs.spelling import parse

SLOW = pytest.mark.slow
NOTHING = 1e-12  # "less than a millionth of a millionth"
GUESSING = 0.4  # "at most two in five": who recalls so little has not learned it; guessing gives 1/8


def ask(spelled: str):
    spec = parse(spelled)
    return catalogue.experiment_of(spec.kind).answer(spec)


def training(spelled: str):
    spec = parse(spelled)
    return catalogue.part(spec.kind, "experiment").Training(spec)


def stretches(spelled: str):
    return ask(f"effect {spelled}").stretches


def recalled(spelled: str) -> dict[str, list]:
    """Each cell's networks by rising T, after a training that ends where nobody has anything left to learn."""
    run = training(f"memory {spelled}")
    while run.step < run.total and any(each.going for each in run.entrants):
        run.advance()
    return {lane.name: lane.nets for lane in run.view().lanes}


def test_lesson_4_slopes_and_their_products():
    def curve(more):
        return ask(f"activations {more}").curves[0]

    assert curve("x=0").slope == curve("x=0").largest == 0.25
    for x in (6, -6):
        assert curve(f"x={x}").slope < 0.25 / 100 and curve(f"x={x}").saturated
    assert not curve("x=5.9").saturated
    assert curve("x=0 layers=2").at_most == 0.0625 and curve("x=0").at_most < 1e-6
    assert curve("function=tanh x=0").slope == 1 and round(curve("function=tanh x=1").slope, 2) == 0.42
    ten = curve("function=tanh x=1")
    assert ten.product > 100 * ten.slope**10 and ten.layers[-1].slope > ten.layers[0].slope
    assert curve("function=relu x=1 layers=50").product == 1 and curve("function=relu x=-1").product == 0
    assert curve("function=leaky x=-1 layers=1").product == pytest.approx(0.01)
    assert curve("function=elu x=-1 layers=1").product == pytest.approx(0.3679, abs=1e-4)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=SLOW)])
def test_lesson_4_a_stack_of_sigmoids_does_not_learn(seed):
    (only,) = stretches(f"steps=150 seed={seed}")
    assert only.first_to_last < NOTHING and abs(only.loss - 0.69) < 0.02


@pytest.mark.parametrize("at", [50, pytest.param(100, marks=SLOW), pytest.param(2000, marks=SLOW)])
def test_lesson_4_tanh_mends_the_stack(at):
    before, after = stretches(f"steps={at + 200} switched={at}:activation=tanh")
    assert before.first_to_last < NOTHING and 0.1 < after.first_to_last < 10
    assert before.loss > 0.68 and after.loss < 0.65


def test_lesson_4_relu_with_xavier_stands_still():
    run = training("gradients activation=relu")
    losses = [run.advance().loss for _ in range(400)]
    assert abs(mean(losses[:100]) - 0.69) < 0.03 and abs(mean(losses[300:]) - 0.69) < 0.03


@SLOW
def test_lesson_4_relu_with_xavier_gets_going():
    run = training("gradients activation=relu")
    losses = [run.advance().loss for _ in range(1000)]
    assert mean(losses[900:]) < 0.5


@pytest.mark.parametrize("at", [50, pytest.param(300, marks=SLOW), pytest.param(1000, marks=SLOW)])
def test_lesson_4_weights_that_suit_relu_start_it(at):
    run = training(f"gradients activation=relu switched={at}:init=he")
    losses = [run.advance().loss for _ in range(at + 150)]
    assert mean(losses[at + 100 :]) < 0.69 - 0.03


@pytest.mark.parametrize("at", [50, pytest.param(100, marks=SLOW), pytest.param(2000, marks=SLOW)])
def test_lesson_4_batch_norm_mends_even_sigmoids(at):
    before, after = stretches(f"steps={at + 100} switched={at}:batchnorm=step")
    assert before.first_to_last < NOTHING and after.first_to_last > 0.1 and after.loss < 0.5


def test_lesson_4_large_weights_break_the_second_step():
    found = ask("effect depth=50 activation=relu init=normal std=1 steps=30")
    assert found.broken.step == 2 and "inf" in found.broken.sentence
    assert len(str(4**50)) == 31 and 1e27 < found.stretches[0].norm < 1e33
    assert ask("effect depth=30 activation=relu init=normal std=1 steps=30").broken.step == 2


@pytest.mark.parametrize("more", ["clip=1", "clip_value=0.01", "switched=2:clip=1"])
def test_lesson_4_either_clipping_saves_the_training(more):
    assert 2 < ask("effect depth=30 activation=elu init=he steps=100").broken.step <= 10
    steps = 200
    found = ask(f"effect depth=30 activation=elu init=he steps={steps} {more}")
    last = found.stretches[-1]
    assert found.broken is None and last.loss < 0.5 and last.applied < 0.5 * last.norm


def test_lesson_4_clipping_cures_no_vanishing():
    off, by_norm, by_value = stretches("steps=90 switched=30:clip=1,60:clip_value=0.01")
    assert max(each.first_to_last for each in (off, by_norm, by_value)) < NOTHING
    assert off.norm < 1 and by_norm.applied == by_norm.norm and by_value.applied < by_value.norm


def test_lesson_4_an_unrolled_network_is_deep():
    def fresh(more):
        return ask(f"gradients network=rnn {more}").stretches[0].first_to_last

    assert fresh("") < 1e-25 and fresh("batchnorm=shared") < 1e-25 and fresh("batchnorm=step") > 1
    single = stretches("network=rnn steps=2 batchnorm=step switched=1:batchnorm=shared")
    assert single[0].first_to_last == pytest.approx(fresh("batchnorm=step")) and single[1].first_to_last < 1e-25
    for steps in (50, 100):
        assert stretches(f"network=rnn activation=tanh steps={steps}")[0].first_to_last < 1e-3


def test_lesson_4_what_is_cut_off_is_not_learned():
    cut = recalled("ago=20 steps=300 truncate=10")
    assert all(nets[0].first == 0 and nets[0].accuracy < GUESSING for nets in cut.values())
    whole = recalled("ago=20 steps=300")
    assert whole["LSTM"][0].learned and whole["GRU"][0].learned and whole["RNN"][0].first < 1e-6


@SLOW
def test_lesson_4_who_recalls_how_far():
    nets = recalled("")
    assert [each.ago for each in nets["RNN"] if each.learned] == [5] and SYMBOLS == 8
    assert all(0 < each.learned <= 400 for name in ("LSTM", "GRU") for each in nets[name])
    assert nets["RNN"][2].ago == 20 and nets["RNN"][2].first < 1e-6


def test_lesson_4_the_rnn_recalls_what_is_near():
    nets = {name: own[0] for name, own in recalled("ago=5 steps=300").items()}
    assert all(each.learned for each in nets.values())


def test_lesson_4_gates_have_to_begin_open():
    steps = 300
    assert all(nets[0].accuracy < GUESSING for nets in recalled(f"ago=20 keep=0 steps={steps}").values())

    def left(keep):  # of the LSTM's gradient, fresh, after 20 steps
        return ask(f"memory ago=20 keep={keep}").lanes[1].nets[0].first

    assert abs(0.5**20 - 1e-6) < 5e-8  # a millionth
    assert left(0) < 1e-3 and left(0) ** (1 / 20) < 0.7 and left(4) ** (1 / 20) > 0.9  # what one step leaves


def test_lesson_4_relu_alone_does_not_fix_a_recurrent_network():
    def fresh(more):
        return ask(f"memory ago=20 {more}").lanes[0].nets[0].first

    assert fresh("activation=relu") < 1e-6 < fresh("")
    steps = 300
    assert recalled(f"ago=20 activation=relu steps={steps}")["RNN"][0].accuracy < 0.3
    assert 0 < recalled("ago=20 activation=relu init=identity steps=200")["RNN"][0].learned <= 200
    assert ask("effect network=rnn activation=relu init=identity steps=10").broken is not None


def test_lesson_4_an_lstm_does_not_win_by_its_parameters():
    assert ask("memory ago=50 equal=parameters").lanes[0].nets[0].first < 1e-6
    nets = {name: own[0] for name, own in recalled("ago=50 equal=parameters steps=400").items()}
    assert all(0 < nets[name].learned <= 400 for name in ("LSTM", "GRU")) and nets["RNN"].accuracy < GUESSING


@SLOW
@pytest.mark.parametrize("seed", range(2, 6))
def test_lesson_4_who_recalls_does_not_hang_on_the_seed(seed):
    for more in ("", "activation=relu ", "equal=parameters "):
        nets = {name: own[0] for name, own in recalled(f"ago=50 {more}seed={seed}").items()}
        assert nets["LSTM"].learned and nets["GRU"].learned and not nets["RNN"].learned

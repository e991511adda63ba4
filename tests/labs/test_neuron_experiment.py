import math

import pytest

from tuilab.labs.neuron.experiment import Training, answer
from tuilab.labs.neuron.spec import Neuron
from tuilab.labs.run import Diverged
from tuilab.labs.spelling import parse


def spec(text: str) -> Neuron:
    found = parse(text)
    assert isinstance(found, Neuron)
    return found


def test_answer_by_hand() -> None:
    view = answer(spec("neuron w_x=1 w_y=0.5 b=-1 sequence=2,4,6 unseen=0,1"))
    first, second = view.rows
    assert (first.x, first.input_part, first.memory_part, first.sum, first.y) == (2, 2, 0, 1, 1)
    assert (second.x, second.input_part, second.memory_part, second.sum, second.y) == (4, 4, 0.5, 3.5, 3.5)
    assert (first.target, first.error, second.target, second.error) == (4, -3, 6, -2.5)
    assert view.loss == (9 + 6.25) / 2
    assert [row.y for row in view.unseen_rows] == [-1] and view.unseen_loss == 4


def test_training_finds_the_rule_of_the_puzzle() -> None:
    training = Training(spec("neuron"))
    while training.step < training.total:
        training.advance()
    view = training.view()
    assert (view.w_x, view.w_y, view.b) == pytest.approx((1, 0, 1), abs=0.02)
    assert view.loss < 1e-4
    assert view.unseen_loss == pytest.approx(81, abs=3)  # it adds 1, where the unseen sequence adds 10
    assert [row.y for row in view.rows] == pytest.approx([2, 3, 4, 5, 6, 7], abs=0.05)


def test_same_spelling_same_numbers() -> None:
    runs = [Training(spec("neuron w_y=0.9 activation=tanh steps=20")) for _ in range(2)]
    first, second = [[run.advance() for _ in range(20)] for run in runs]
    assert first == second and runs[0].view() == runs[1].view()
    assert [metrics.step for metrics in first] == list(range(1, 21))


def test_the_view_of_the_first_moment_is_the_answer() -> None:
    assert Training(spec("neuron w_x=0.3")).view() == answer(spec("neuron w_x=0.3"))


@pytest.mark.parametrize("text", ["neuron w_x=100 w_y=100 b=100", "neuron w_y=-100 lr=1"])
def test_the_steepest_that_can_be_spelled_stays_finite_or_stops_with_a_sentence(text: str) -> None:
    training = Training(spec(text + " sequence=1e6,1e6,1e6,1e6,1e6,1e6,1e6,1e6,1e6,1e6,1e6,1e6 steps=50"))
    try:
        for _ in range(50):
            assert math.isfinite(training.advance().loss)
    except Diverged as diverged:
        assert "Training stopped after step" in str(diverged)
    view = training.view()
    assert all(map(math.isfinite, (view.w_x, view.w_y, view.b)))


def test_a_run_takes_no_questions() -> None:
    with pytest.raises(ValueError, match="generate cannot be asked of a neuron"):
        Training(spec("neuron")).answer(parse("generate"))

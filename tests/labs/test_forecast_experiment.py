import math

import pytest
import torch

from tuilab.engine.device import device
from tuilab.labs.forecast.experiment import Training
from tuilab.labs.forecast.spec import Forecast
from tuilab.labs.run import Diverged
from tuilab.labs.spelling import parse

SMALL = "forecast hidden=8 length=10 batch=8 steps=60 lr=0.02"


def training(text: str) -> Training:
    spec = parse(text)
    assert isinstance(spec, Forecast)
    return Training(spec)


def trained(text: str) -> Training:
    run = training(text)
    while run.step < run.total:
        run.advance()
    return run


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_training_lowers_the_loss(cell: str) -> None:
    run = training(f"{SMALL} cell={cell}")
    losses = [run.advance().loss for _ in range(60)]
    assert sum(losses[-5:]) < 0.3 * sum(losses[:5])
    assert run.view().held_out_loss < training(f"{SMALL} cell={cell}").view().held_out_loss


def test_same_spelling_same_numbers_whatever_else_is_drawn() -> None:
    first, second = training(SMALL), training(SMALL)
    metrics = [first.advance() for _ in range(20)]
    for expected in metrics:
        torch.rand(5)
        second.view()  # looking changes nothing
        assert second.advance() == expected
    assert first.view() == second.view()
    assert training(SMALL + " seed=2").advance() != metrics[0]


def test_the_held_out_stretch_begins_where_the_series_ends() -> None:
    view = training(SMALL).view()
    assert len(view.x) == len(view.truth) == len(view.predicted) == 20
    assert view.x[0] == pytest.approx(30.1) and view.x[-1] == pytest.approx(32.0)
    assert view.truth == pytest.approx([math.sin(x) for x in view.x], abs=1e-6)
    loss = sum((p - t) ** 2 for p, t in zip(view.predicted, view.truth, strict=True)) / 20
    assert view.held_out_loss == pytest.approx(loss)


def test_parameters_are_those_of_the_network() -> None:
    assert training("forecast cell=rnn hidden=3").view().parameters == 3 * 1 + 3 * 3 + 3 + 3 + 3 + 1


@pytest.mark.parametrize("decay", ["linear", "no"])
def test_the_learning_rate_falls_to_nothing_or_stays(decay: str) -> None:
    run, rates = training(f"{SMALL} decay={decay}"), list[float]()
    while run.step < run.total:
        run.advance()
        rates.append(run.trainer.optimiser.lr)
    expected = [0.02 * (60 - step) / 60 for step in range(60)] if decay == "linear" else [0.02] * 60
    assert rates == pytest.approx(expected)


def test_noise_is_added_to_inputs_and_not_to_targets() -> None:
    inputs, targets = training("forecast batch=256 noise=0.5").batch()
    apart = inputs[:, 1:] - targets[:, :-1]
    assert apart.std().item() == pytest.approx(0.5, rel=0.05) and abs(apart.mean().item()) < 0.03
    inputs, targets = training(SMALL).batch()
    assert torch.equal(inputs[:, 1:], targets[:, :-1])


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("layers", [1, 2])
def test_divergence_stops_with_a_sentence_and_finite_weights(cell: str, layers: int) -> None:
    run = training(f"forecast cell={cell} layers={layers} hidden=8 lr=10 optimiser=sgd clip=0")
    told = r"Training stopped after step \d+: the .* became .*clip=0.* try clip=1"
    with pytest.raises(Diverged, match=told):
        for _ in range(100):
            run.advance()
            assert math.isfinite(run.view().held_out_loss)  # or it could not be sent as JSON
    assert all(parameter.isfinite().all() for parameter in run.model.parameters())
    assert all(map(math.isfinite, run.view().predicted))


def test_a_moment_that_is_not_kept_is_refused() -> None:
    run = trained(SMALL)
    assert run.answer(parse("moment at=60")).view == run.view()
    with pytest.raises(ValueError, match="at=5 is not there: earlier moments are kept of a run on the screen"):
        run.answer(parse("generate at=5"))


def test_auto_takes_a_gpu_where_there_is_one_and_the_processor_elsewhere(monkeypatch) -> None:
    here = "cuda" if torch.cuda.is_available() else "cpu"
    run = training(f"{SMALL} device=auto")
    run.advance()
    assert {each.device.type for each in run.model.parameters()} == {here} == {run.device.type}
    assert training(SMALL).device.type == "cpu"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    taken_up = training(f"{SMALL} device=auto")  # what was trained on a GPU goes on without one
    taken_up.restore(run.step, run.state())
    assert taken_up.device.type == "cpu" and taken_up.advance().loss == pytest.approx(run.advance().loss, rel=1e-4)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert device("auto").type == "cuda" and device("cpu").type == "cpu"

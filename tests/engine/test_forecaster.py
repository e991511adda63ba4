import pytest
import torch
from torch import nn

from tuilab.engine.forecaster import Forecaster, generate, predict
from tuilab.engine.series import SineSeries
from tuilab.engine.training import Trainer

CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


def forecaster(cell: str, seed: int = 1, hidden: int = 5, layers: int = 2) -> Forecaster:
    return Forecaster(cell, hidden, layers, torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 3])
def test_is_the_plain_torch_modules(cell: str, layers: int) -> None:
    model = forecaster(cell, layers=layers)
    recurrent, readout = CELLS[cell](1, 5, layers, batch_first=True), nn.Linear(5, 1)
    recurrent.load_state_dict(model.recurrent.state_dict())
    readout.load_state_dict(model.readout.state_dict())
    x = torch.randn(4, 7, 1, generator=torch.Generator().manual_seed(2))
    predicted, state = model(x)
    hidden, expected_state = recurrent(x)
    assert torch.equal(predicted, readout(hidden)) and predicted.shape == x.shape
    torch.testing.assert_close(state, expected_state, rtol=0, atol=0)


def test_weights_come_from_the_generator_within_the_bound_of_torch() -> None:
    one, same, other = forecaster("lstm", 1), forecaster("lstm", 1), forecaster("lstm", 2)
    for p, q, r in zip(one.parameters(), same.parameters(), other.parameters(), strict=True):
        assert torch.equal(p, q) and not torch.equal(p, r)
        assert p.abs().max() <= 5**-0.5


@pytest.mark.parametrize("cell", CELLS)
def test_generate_feeds_each_prediction_back(cell: str) -> None:
    model = forecaster(cell)
    values = torch.sin(torch.arange(6) / 3)
    expected = values.tolist()
    for _ in range(10):
        with torch.no_grad():
            window = torch.tensor(expected[-6:]).reshape(1, 6, 1)
            expected.append(model(window)[0][0, -1, 0].item())
    assert generate(model, values, 10).tolist() == pytest.approx(expected[6:], rel=1e-5)


def test_predict_is_teacher_forced() -> None:
    model, values = forecaster("gru"), torch.sin(torch.arange(8) / 3)
    changed = values.clone()
    changed[5:] = 9.0  # what comes later does not reach back
    assert torch.equal(predict(model, values)[:5], predict(model, changed)[:5])
    assert predict(model, values).shape == (8,)
    assert not predict(model, values).requires_grad


def trained(disturb: bool) -> list[list[float]]:
    generator = torch.Generator().manual_seed(7)
    model, series = Forecaster("lstm", 4, 1, generator), SineSeries(0.0, 6.0, 60)
    trainer = Trainer(model.parameters(), "adam", 0.01, 1.0)
    for _ in range(5):
        if disturb:
            torch.rand(3)
        inputs, targets = series.batch(4, 10, generator)
        trainer.step(lambda x=inputs, y=targets: ((model(x)[0] - y) ** 2).mean())  # type: ignore[misc]
    return [p.flatten().tolist() for p in model.parameters()]


def test_global_random_numbers_are_neither_used_nor_touched() -> None:
    before = torch.random.get_rng_state()
    undisturbed = trained(disturb=False)
    assert torch.equal(torch.random.get_rng_state(), before)
    assert trained(disturb=True) == undisturbed

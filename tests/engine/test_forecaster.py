import pytest
import torch
from torch import nn

from tuilab.engine.forecaster import Forecaster, generate, one_ahead, predict
from tuilab.engine.layer import Kind
from tuilab.engine.series import SineSeries
from tuilab.engine.training import Trainer

CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


def forecaster(cell: str, seed: int = 1, hidden: int = 5, layers: int = 2, engine: str = "tuilab") -> Forecaster:
    return Forecaster(Kind(cell), hidden, layers, torch.Generator().manual_seed(seed), engine)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 3])
def test_both_engines_begin_alike_and_say_the_same(cell: str, layers: int) -> None:
    ours, torchs = forecaster(cell, layers=layers), forecaster(cell, layers=layers, engine="torch")
    assert type(torchs.recurrent) is CELLS[cell]
    x = torch.randn(4, 7, 1, generator=torch.Generator().manual_seed(2))
    (predicted, state), (expected, expected_state) = ours(x), torchs(x)
    assert predicted.shape == x.shape
    torch.testing.assert_close((predicted, state), (expected, expected_state), rtol=1e-5, atol=1e-6)
    again, _ = ours(x, state)
    torch.testing.assert_close(again, torchs(x, state)[0], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("cell", CELLS)
def test_the_first_weights_are_those_that_torchs_layer_would_draw(cell: str) -> None:
    generator = torch.Generator().manual_seed(1)
    layer = CELLS[cell](1, 5, 2)
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.uniform_(-(5**-0.5), 5**-0.5, generator=generator)
    drawn = forecaster(cell).recurrent.to_torch()
    assert all(torch.equal(drawn[name], tensor) for name, tensor in layer.state_dict().items())


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


@pytest.mark.parametrize("cell", CELLS)
def test_generate_is_what_torchs_layer_generates(cell: str) -> None:
    model = forecaster(cell, layers=1)
    torchs = forecaster(cell, layers=1, engine="torch")
    layer, readout = torchs.recurrent, nn.Linear(5, 1)
    readout.load_state_dict(
        {name.removeprefix("readout."): t for name, t in torchs.to_torch().items() if "read" in name}
    )
    window = torch.sin(torch.arange(6) / 3)
    values = window[:, None, None]  # (time, batch, 1), as torch has it
    with torch.no_grad():
        for _ in range(8):
            values = torch.cat([values, readout(layer(values[-6:])[0])[-1:]])
    assert generate(model, window, 8).tolist() == pytest.approx(values[6:, 0, 0].tolist(), rel=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_one_ahead_says_each_value_from_the_true_window_before_it(cell: str) -> None:
    model, values = forecaster(cell), torch.sin(torch.arange(300) / 3)
    found = one_ahead(model, values.unfold(0, 6, 1))
    assert found.shape == (295,) and not found.requires_grad
    for place in (0, 1, 255, 256, 294):
        with torch.no_grad():
            window = values[place : place + 6].reshape(1, 6, 1)
            assert found[place].item() == pytest.approx(model(window)[0][0, -1, 0].item(), rel=1e-5)
    assert found[0].item() == pytest.approx(generate(model, values[:6], 1).item(), rel=1e-5)


def test_predict_is_teacher_forced() -> None:
    model, values = forecaster("gru"), torch.sin(torch.arange(8) / 3)
    changed = values.clone()
    changed[5:] = 9.0  # what comes later does not reach back
    assert torch.equal(predict(model, values)[:5], predict(model, changed)[:5])
    assert predict(model, values).shape == (8,)
    assert not predict(model, values).requires_grad


def trained(disturb: bool) -> list[list[float]]:
    generator = torch.Generator().manual_seed(7)
    model, series = Forecaster(Kind("lstm"), 4, 1, generator), SineSeries(0.0, 6.0, 60)
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

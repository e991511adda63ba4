import pytest
import torch
from torch import nn

from tuilab.engine.recurrent import Weights, random_weights, unroll


def torch_layer(weights: Weights) -> nn.RNN:
    layer = nn.RNN(weights.Wx.shape[0], weights.Wy.shape[0])
    with torch.no_grad():
        layer.weight_ih_l0.copy_(weights.Wx.T)
        layer.weight_hh_l0.copy_(weights.Wy.T)
        layer.bias_ih_l0.copy_(weights.b[0])
        layer.bias_hh_l0.zero_()
    return layer


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_torch_forwards(seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)

    def size(largest: int) -> int:
        return int(torch.randint(1, largest + 1, (), generator=generator))

    inputs, neurons, batch, steps = size(8), size(8), size(4), size(12)
    weights = random_weights(inputs, neurons, generator)
    X = torch.randn(steps, batch, inputs, generator=generator)
    found = torch.stack([step.Y for step in unroll(X, weights)])
    expected, last = torch_layer(weights)(X)
    assert found.shape == (steps, batch, neurons)
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-6)
    torch.testing.assert_close(found[-1], last[0], rtol=1e-5, atol=1e-6)


def test_every_intermediate_array_follows_from_those_before_it() -> None:
    generator = torch.Generator().manual_seed(3)
    weights = random_weights(2, 3, generator)
    X = torch.randn(4, 2, 2, generator=generator)
    steps = unroll(X, weights)
    before = torch.zeros(2, 3)
    for X_t, step in zip(X, steps, strict=True):
        assert torch.equal(step.XWx, X_t @ weights.Wx)
        assert torch.equal(step.YWy, before @ weights.Wy)
        assert torch.equal(step.sum, step.XWx + step.YWy + weights.b)
        assert torch.equal(step.Y, torch.tanh(step.sum))
        before = step.Y
    assert not steps[0].YWy.any()


def test_weights_keep_to_the_bound_of_torch() -> None:
    weights = random_weights(8, 4, torch.Generator().manual_seed(1))
    assert [tuple(w.shape) for w in weights] == [(8, 4), (4, 4), (1, 4)]
    for array in weights:
        assert array.abs().max() <= 0.5
    assert weights.Wx.abs().max() > 0.3

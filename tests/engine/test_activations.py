"""Activation functions against torch's own, their slopes against autograd."""

import math

import pytest
import torch
from torch.nn import functional

from tuilab.engine.activations import activation, edges, saturated, stack

TORCHS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky": lambda x: functional.leaky_relu(x, 0.2),
    "elu": lambda x: functional.elu(x, 1.7),
}
X = torch.cat([torch.linspace(-30, 30, 1201, dtype=torch.double), torch.tensor([-700.0, -0.0, 700.0]).double()])


def ours(name):
    return activation(name, 0.2, 1.7)


@pytest.mark.parametrize("name", TORCHS)
def test_values_are_torchs_and_slopes_are_autograds(name):
    x = X.clone().requires_grad_()
    value = TORCHS[name](x)
    (slope,) = torch.autograd.grad(value.sum(), x)
    torch.testing.assert_close(ours(name).value(X), value.detach(), rtol=1e-12, atol=1e-12)
    torch.testing.assert_close(ours(name).slope(X), slope, rtol=1e-12, atol=1e-12)
    assert slope.max() <= ours(name).largest
    assert slope.max() == pytest.approx(ours(name).largest)


@pytest.mark.parametrize("name", TORCHS)
@pytest.mark.parametrize("start", [-3.0, 0.0, 0.4, 5.0])
def test_the_product_of_slopes_is_the_slope_of_the_whole_stack(name, start):
    x = torch.tensor(start, dtype=torch.double, requires_grad=True)
    now = x
    for _ in range(12):
        now = TORCHS[name](now)
    (wanted,) = torch.autograd.grad(now, x)
    found = stack(ours(name), start, 12)
    assert len(found) == 12 and found[0].x == start
    assert found[-1].product == pytest.approx(float(wanted), rel=1e-12)
    assert found[-1].product == pytest.approx(math.prod(layer.slope for layer in found), rel=1e-12)


def test_where_they_saturate():
    for name, edge in (
        ("sigmoid", math.log((1 + math.sqrt(0.99)) / (1 - math.sqrt(0.99)))),
        ("tanh", math.atanh(0.99**0.5)),
    ):
        assert edges(activation(name)) == pytest.approx((-edge, edge), abs=1e-9)
    assert edges(activation("relu")) == (0.0, None)
    assert edges(activation("leaky", negative_slope=0.01)) == (None, None)
    assert edges(activation("leaky", negative_slope=0.005)) == (0.0, None)
    assert edges(activation("elu", alpha=1.0)) == pytest.approx((math.log(0.01), None))
    assert edges(activation("elu", alpha=0.0)) == (0.0, None)
    assert saturated(activation("tanh"), torch.tensor([-4.0, 0.0, 2.9, 3.0])).tolist() == [True, False, False, True]

"""Training without autograd gives what autograd gives, and leaves its passes alone."""

import math
from functools import partial

import pytest
import torch
from torch import nn

from tests.engine.test_cells import KINDS
from tests.engine.test_layer import close
from tuilab.engine.layer import Kind, Recurrent
from tuilab.engine.readout import ReadOut
from tuilab.engine.tapes import tape as tapes


def by_hand(layer, readout, x, targets):
    """The loss and the gradients of `backpropagate`."""
    for parameter in (*layer.parameters(), *readout.parameters()):
        parameter.grad = torch.full_like(parameter, math.nan)
    loss = layer.backpropagate(x, partial(readout.squared_error, targets=targets))
    return loss, [parameter.grad for parameter in (*layer.parameters(), *readout.parameters())]


def by_autograd(layer, readout, x, targets):
    loss = nn.functional.mse_loss(readout(layer(x)[0]), targets)
    return loss, torch.autograd.grad(loss, (*layer.parameters(), *readout.parameters()))


def a_network(kind, layers=1, inputs=1, batch=6, outputs=1):
    generator = torch.Generator().manual_seed(layers)
    layer, readout = Recurrent(kind, inputs, 7, layers, generator).double(), ReadOut(7, outputs, generator).double()
    x, targets = (torch.randn(9, batch, n, generator=generator, dtype=torch.double) for n in (inputs, outputs))
    return layer, readout, x, targets


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("chunk", [1, 500, 1 << 17])
def test_backpropagation_without_autograd_gives_the_same(kind, layers, chunk, monkeypatch):
    monkeypatch.setattr(tapes, "_CHUNK", chunk)
    inputs, outputs = (1, 1) if layers == 1 else (3, 2)
    network = a_network(kind, layers, inputs, outputs=outputs)
    for _ in range(2):  # the arrays that it works with are used again
        loss, expected = by_autograd(*network)
        norms = network[0].dh_norms()
        found_loss, found = by_hand(*network)
        torch.testing.assert_close(found_loss, loss, rtol=1e-12, atol=0)
        torch.testing.assert_close(network[0].dh_norms(), norms, rtol=1e-10, atol=0)
        for ours, theirs in zip(found, expected, strict=True):
            assert close(ours, theirs, 1e-10)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_backpropagation_leaves_a_pass_of_autograd_alone(kind):
    network = layer, readout, x, targets = a_network(kind, 2, batch=2)
    _, expected = by_autograd(*network)
    waiting = nn.functional.mse_loss(readout(layer(x)[0]), targets)
    by_hand(layer, readout, 2 * x, targets)
    with pytest.raises(ZeroDivisionError):
        layer.backpropagate(3 * x, lambda h, dh: 1 / 0)
    found = torch.autograd.grad(waiting, (*layer.parameters(), *readout.parameters()))
    assert all(torch.equal(ours, theirs) for ours, theirs in zip(found, expected, strict=True))
    assert all(close(ours, theirs, 1e-10) for ours, theirs in zip(by_hand(*network)[1], expected, strict=True))


def test_what_backpropagation_leaves_can_be_changed_in_place():
    network = a_network(Kind("gru"))
    loss, gradients = by_hand(*network)
    for gradient in gradients:
        gradient.mul_(0.5)
    assert loss.item() > 0 and not gradients[0].is_inference()

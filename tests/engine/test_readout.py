import pytest
import torch
from torch import Tensor, nn

from tuilab.engine.readout import ReadOut


def made(outputs: int) -> tuple[ReadOut, Tensor, torch.Generator]:
    generator = torch.Generator().manual_seed(outputs)
    readout = ReadOut(4, outputs, generator).double()
    hidden = torch.randn(5, 3, 4, generator=generator, dtype=torch.float64, requires_grad=True)
    for parameter in readout.parameters():
        parameter.grad = torch.full_like(parameter, torch.nan)  # whatever stood there before
    return readout, hidden, generator


def agrees(readout: ReadOut, hidden: Tensor, dh: Tensor, found: Tensor, expected: Tensor) -> None:
    torch.testing.assert_close(found, expected, rtol=1e-12, atol=0)
    by_hand = (dh, readout.weight.grad, readout.bias.grad)
    by_autograd = torch.autograd.grad(expected, (hidden, readout.weight, readout.bias))
    for ours, theirs in zip(by_hand, by_autograd, strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("outputs", [1, 2, 7])
def test_squared_error_is_that_of_autograd(outputs: int) -> None:
    readout, hidden, generator = made(outputs)
    targets = torch.randn(3, 5, outputs, generator=generator, dtype=torch.float64).transpose(0, 1)
    dh = torch.full_like(hidden, torch.nan, requires_grad=False)
    with torch.no_grad():
        found = readout.squared_error(hidden, dh, targets)
    agrees(readout, hidden, dh, found, nn.functional.mse_loss(readout(hidden), targets))


@pytest.mark.parametrize("outputs", [2, 7])
def test_cross_entropy_is_that_of_autograd(outputs: int) -> None:
    readout, hidden, generator = made(outputs)
    targets = torch.randint(outputs, (3,), generator=generator)
    dh = torch.full_like(hidden, torch.nan, requires_grad=False)
    with torch.no_grad():
        found = readout.cross_entropy(hidden, dh, targets)
    agrees(readout, hidden, dh, found, nn.functional.cross_entropy(readout(hidden[-1]), targets))


def test_one_generator_gives_the_same_weights() -> None:
    once, again = (ReadOut(4, 2, torch.Generator().manual_seed(7)) for _ in range(2))
    assert torch.equal(once.weight, again.weight) and torch.equal(once.bias, again.bias)
    assert once.weight.abs().max() <= 0.5 and not torch.equal(once.weight[0], once.weight[1])


def test_global_random_numbers_are_left_alone() -> None:
    before = torch.get_rng_state()
    ReadOut(4, 2, torch.Generator())
    assert torch.equal(torch.get_rng_state(), before)

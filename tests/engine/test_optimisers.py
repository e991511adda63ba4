from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from tuilab.engine.optimisers import OPTIMISERS

TORCH: dict[str, Callable] = {
    "adam": torch.optim.Adam,
    "sgd": torch.optim.SGD,
    "rmsprop": torch.optim.RMSprop,
}


def parameters(seed: int) -> list[Tensor]:
    generator = torch.Generator().manual_seed(seed)
    shapes = [(3, 4), (4,), ()]
    return [torch.randn(s, generator=generator, dtype=torch.float64).requires_grad_() for s in shapes]


def bumpy(parameters: list[Tensor]) -> Tensor:
    return sum((torch.sin(3 * p) + p**2).sum() for p in parameters)  # type: ignore[return-value]


@pytest.mark.parametrize("lr", [1e-3, 0.05])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", OPTIMISERS)
def test_agrees_with_torch_over_twenty_steps(name: str, seed: int, lr: float) -> None:
    ours, theirs = parameters(seed), parameters(seed)
    mine, reference = OPTIMISERS[name](ours, lr), TORCH[name](theirs, lr=lr)
    for _ in range(20):
        for p in ours + theirs:
            p.grad = None
        bumpy(ours).backward()
        bumpy(theirs).backward()
        mine.step()
        reference.step()
        for found, expected in zip(ours, theirs, strict=True):
            torch.testing.assert_close(found, expected, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_parameter_without_a_gradient_stays(name: str) -> None:
    used, unused = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    optimiser = OPTIMISERS[name]([used, unused], 0.1)
    used.sum().backward()
    optimiser.step()
    assert torch.equal(unused, torch.ones(2))
    assert not torch.equal(used, torch.ones(2))

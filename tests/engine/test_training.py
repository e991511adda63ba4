import math

import pytest
import torch
from torch import Tensor

from tuilab.engine.training import Diverged, Trainer


def two(seed: int = 1) -> list[Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return [torch.randn(shape, generator=generator).requires_grad_() for shape in ((4, 3), (5,))]


def loss(parameters: list[Tensor]) -> Tensor:
    return sum(((3 * p - 1) ** 2).sum() for p in parameters)  # type: ignore[return-value]


@pytest.mark.parametrize("clip", [0.01, 1.0, 1e6])
@pytest.mark.parametrize("seed", range(5))
def test_norm_and_clipping_agree_with_torch(seed: int, clip: float) -> None:
    ours, theirs = two(seed), two(seed)
    result = Trainer(ours, "sgd", 0.01, clip).step(lambda: loss(ours))
    loss(theirs).backward()
    norm = torch.nn.utils.clip_grad_norm_(theirs, clip)
    assert result.gradient_norm == pytest.approx(norm.item(), rel=1e-6)
    torch.optim.SGD(theirs, lr=0.01).step()
    for found, expected in zip(ours, theirs, strict=True):
        torch.testing.assert_close(found.grad, expected.grad, rtol=1e-6, atol=0)
        torch.testing.assert_close(found, expected, rtol=1e-6, atol=1e-7)


def test_clip_0_leaves_gradients_alone() -> None:
    parameters = two()
    result = Trainer(parameters, "sgd", 0.01, clip=0).step(lambda: 1000 * loss(parameters))
    norm = torch.cat([p.grad.flatten() for p in parameters if p.grad is not None]).norm()
    assert norm.item() == pytest.approx(result.gradient_norm) and norm > 1000


def test_the_loss_is_that_before_the_update() -> None:
    parameters = two()
    before = loss(parameters).item()
    assert Trainer(parameters, "adam", 0.01, 1.0).step(lambda: loss(parameters)).loss == before
    assert loss(parameters).item() < before


@pytest.mark.parametrize("optimiser", ["adam", "sgd", "rmsprop"])
@pytest.mark.parametrize("spoilt", [math.inf, math.nan, 1e38])
def test_divergence_changes_nothing(optimiser: str, spoilt: float) -> None:
    parameters = two()
    trainer = Trainer(parameters, optimiser, 0.01, 1.0)
    trainer.step(lambda: loss(parameters))
    before = [p.detach().clone() for p in parameters]
    with pytest.raises(Diverged, match=r"became (inf|nan)"):
        trainer.step(lambda: loss([p * spoilt for p in parameters]))
    assert all(torch.equal(p, was) for p, was in zip(parameters, before, strict=True))
    trainer.step(lambda: loss(parameters))  # and goes on as if nothing had been
    assert all(p.isfinite().all() for p in parameters)


def test_a_gradient_that_is_not_finite_diverges_though_the_loss_is() -> None:
    parameter = torch.zeros(1, requires_grad=True)
    with pytest.raises(Diverged, match="gradient norm"):
        Trainer([parameter], "sgd", 0.1, 1.0).step(lambda: parameter.abs().sqrt().sum())
    assert parameter.item() == 0

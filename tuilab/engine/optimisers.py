"""The optimisers, written out. They agree with torch.optim; importing that takes 70 MB and most of a second.

Each is made for a list of parameters and a learning rate, and changes the parameters in place by `step`.
"""

from collections.abc import Iterable
from typing import Protocol

import torch
from torch import Tensor


class Optimiser(Protocol):
    """What a trainer asks of an optimiser."""

    def step(self) -> None:
        """Change every parameter by its gradient, in place."""

    def state(self) -> dict[str, Tensor]:
        """The tensors that the next step depends on, beside the parameters; not copied."""


class SGD:
    """Stochastic gradient descent: w <- w - lr g."""

    def __init__(self, parameters: Iterable[Tensor], lr: float) -> None:
        self.parameters, self.lr = list(parameters), lr

    @torch.no_grad()
    def step(self) -> None:
        """Take one step against the gradient."""
        torch._foreach_add_(self.parameters, _gradients(self.parameters), alpha=-self.lr)

    def state(self) -> dict[str, Tensor]:
        """It remembers nothing."""
        return {}


class RMSprop:
    """RMSprop (Hinton's lecture 6e): v <- a v + (1-a) g², w <- w - lr g / (sqrt(v) + eps)."""

    def __init__(self, parameters: Iterable[Tensor], lr: float, alpha: float = 0.99, eps: float = 1e-8) -> None:
        self.parameters, self.lr, self.alpha, self.eps = list(parameters), lr, alpha, eps
        self.squares = [torch.zeros_like(p) for p in self.parameters]

    @torch.no_grad()
    def step(self) -> None:
        """Take one step, each gradient divided by its own recent size."""
        gradients = _gradients(self.parameters)
        torch._foreach_mul_(self.squares, self.alpha)
        torch._foreach_addcmul_(self.squares, gradients, gradients, 1 - self.alpha)
        sizes = torch._foreach_sqrt(self.squares)
        torch._foreach_add_(sizes, self.eps)
        torch._foreach_addcdiv_(self.parameters, gradients, sizes, -self.lr)

    def state(self) -> dict[str, Tensor]:
        """The running squares."""
        return _numbered("square", self.squares)


class Adam:
    """Adam (Kingma and Ba 2015, algorithm 1): with the gradient g, after t steps

    m <- b1 m + (1-b1) g,  v <- b2 v + (1-b2) g²,  w <- w - lr (m / (1-b1^t)) / (sqrt(v / (1-b2^t)) + eps).

    torch computes it in one operation for all parameters; written out it takes a seventh of a small step.
    """

    def __init__(
        self, parameters: Iterable[Tensor], lr: float, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8
    ) -> None:
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.means = [torch.zeros_like(p) for p in self.parameters]
        self.squares = [torch.zeros_like(p) for p in self.parameters]
        first = self.parameters[0]
        self.steps = torch.zeros((), dtype=torch.float32, device=first.device)

    @torch.no_grad()
    def step(self) -> None:
        """Take one step along the running mean, divided by the running size of the gradients."""
        self.steps += 1
        beta1, beta2 = self.betas
        torch._fused_adam_(
            self.parameters,
            _gradients(self.parameters),
            self.means,
            self.squares,
            [],
            [self.steps] * len(self.parameters),
            lr=self.lr,
            beta1=beta1,
            beta2=beta2,
            weight_decay=0.0,
            eps=self.eps,
            amsgrad=False,
            maximize=False,
        )

    def state(self) -> dict[str, Tensor]:
        """Both moments, and how many steps were taken."""
        return {"steps": self.steps, **_numbered("mean", self.means), **_numbered("square", self.squares)}


OPTIMISERS = {"adam": Adam, "sgd": SGD, "rmsprop": RMSprop}


def _gradients(parameters: list[Tensor]) -> list[Tensor]:
    """The gradients; zero for a parameter that the loss does not depend on."""
    return [torch.zeros_like(p) if p.grad is None else p.grad for p in parameters]


def _numbered(name: str, tensors: Iterable[Tensor]) -> dict[str, Tensor]:
    return {f"{name}.{i}": tensor for i, tensor in enumerate(tensors)}

"""One training step: loss, gradients, their norm, clipping, and the optimiser's update."""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

import torch
from torch import Tensor

from tuilab.engine.optimisers import OPTIMISERS


class StepResult(NamedTuple):
    """The loss before the update, and the gradient norm before clipping."""

    loss: float
    gradient_norm: float


class Diverged(ArithmeticError):
    """The loss or a gradient is no longer finite; the parameters are still those before the step."""


class Trainer:
    """Trains parameters on a loss; `clip` bounds the gradient norm, 0 leaves it alone."""

    def __init__(self, parameters: Iterable[Tensor], optimiser: str, lr: float, clip: float) -> None:
        self.parameters = list(parameters)
        self.optimiser = OPTIMISERS[optimiser](self.parameters, lr)
        self.clip = clip

    def step(self, loss: Callable[[], Tensor]) -> StepResult:
        """Compute the loss, its gradients, and update. Raises `Diverged`, with nothing changed."""
        for parameter in self.parameters:
            parameter.grad = None
        value = loss()
        value.backward()
        norm = gradient_norm(self.parameters)
        result = StepResult(value.item(), norm.item())
        if not math.isfinite(result.loss):
            raise Diverged(f"the loss became {result.loss}")
        if not math.isfinite(result.gradient_norm):
            raise Diverged(f"the gradient norm became {result.gradient_norm}")
        if self.clip and result.gradient_norm > self.clip:
            factor = self.clip / (result.gradient_norm + 1e-6)  # as torch.nn.utils.clip_grad_norm_ does
            for parameter in self.parameters:
                if parameter.grad is not None:
                    parameter.grad.mul_(factor)
        self.optimiser.step()
        return result

    def state(self) -> dict[str, Tensor]:
        """Everything that the next step depends on, as the tensors themselves, not copies."""
        return self.weights() | {f"optimiser.{name}": tensor for name, tensor in self.optimiser.state().items()}

    def weights(self) -> dict[str, Tensor]:
        """What is trained, by the names it has in `state`."""
        return {f"parameter.{i}": parameter.detach() for i, parameter in enumerate(self.parameters)}


def gradient_norm(parameters: list[Tensor]) -> Tensor:
    """The Euclidean norm of all gradients taken together, a scalar."""
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    return torch.linalg.vector_norm(torch.stack(torch._foreach_norm(gradients)))

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
    """Trains parameters on a loss; `clip` bounds the gradient norm, 0 leaves it alone.

    All gradients lie side by side in one array, so that their norm and their clipping are one operation.
    """

    def __init__(self, parameters: Iterable[Tensor], optimiser: str, lr: float, clip: float) -> None:
        self.parameters = list(parameters)
        self.optimiser = OPTIMISERS[optimiser](self.parameters, lr)
        self.clip = clip
        sizes = [parameter.numel() for parameter in self.parameters]
        self._all = self.parameters[0].new_zeros(sum(sizes), requires_grad=False)
        parts = zip(self._all.split(sizes), self.parameters, strict=True)
        self._gradients = [part.view_as(parameter) for part, parameter in parts]

    def step(self, loss: Callable[[], Tensor]) -> StepResult:
        """Compute the loss, its gradients by autograd, and update. Raises `Diverged`, with nothing changed."""

        def backpropagate() -> Tensor:
            value = loss()
            value.backward()
            return value

        return self.descend(backpropagate)

    def descend(self, backpropagate: Callable[[], Tensor]) -> StepResult:
        """Update by what `backpropagate` puts into, or adds to, each `grad`; it returns the loss. Raises `Diverged`."""
        for parameter, gradient in zip(self.parameters, self._gradients, strict=True):
            parameter.grad = gradient
        self._all.zero_()
        value = backpropagate()
        result = StepResult(value.item(), torch.linalg.vector_norm(self._all).item())
        if not math.isfinite(result.loss):
            raise Diverged(f"the loss became {result.loss}")
        if not math.isfinite(result.gradient_norm):
            raise Diverged(f"the gradient norm became {result.gradient_norm}")
        if self.clip and result.gradient_norm > self.clip:
            self._all.mul_(self.clip / (result.gradient_norm + 1e-6))  # as torch.nn.utils.clip_grad_norm_ does
        self.optimiser.step()
        return result

    def state(self) -> dict[str, Tensor]:
        """Everything that the next step depends on, as the tensors themselves, not copies."""
        return self.weights() | {f"optimiser.{name}": tensor for name, tensor in self.optimiser.state().items()}

    def weights(self) -> dict[str, Tensor]:
        """What is trained, by the names it has in `state`."""
        return {f"parameter.{i}": parameter.detach() for i, parameter in enumerate(self.parameters)}

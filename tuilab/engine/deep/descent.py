"""Gradient descent that watches: w <- w - lr g, with the gradient's norm by layer or time step, and two clippings.

Plain descent and no Adam: a step is as large as its gradient, so that what vanishes stands still.
"""

import math
from typing import NamedTuple

import torch
from scipy.linalg.blas import snrm2
from torch import Tensor

from tuilab.engine.deep.networks import Deep, cross_entropy

_SMALL = 1e-15  # below this the squares of single precision reach nought
_SUBNORMAL = 1e-37  # below this a number of single precision has fewer digits
Batch = tuple[Tensor, Tensor]


class Watched(NamedTuple):
    """One step: its loss before the update, the gradient norm before and after clipping, and by layer or time step."""

    loss: float
    norm: float
    applied: float
    profile: list[float]


class Rule(NamedTuple):
    """How far a step goes; each `clip` of 0 leaves the gradient alone. `value` bounds each number, `norm` all."""

    lr: float
    clip_norm: float = 0.0
    clip_value: float = 0.0


class NotFiniteError(ArithmeticError):
    """The first number that is not finite: `what` it is (inf, nan), on which `way` (forwards, back), in which `place`.

    Places count from 0; one beyond the last is the read-out with its loss, -1 is the sum over all. `profile` is what
    could be measured, None where nothing could be. No weight has been changed.
    """

    def __init__(self, what: str, way: str, place: int, profile: list[float] | None) -> None:
        super().__init__(f"{what} {way} in {place}")
        self.what, self.way, self.place, self.profile = what, way, place, profile


def step(net: Deep, batch: Batch, rule: Rule) -> Watched:
    """Measure, clip and take one step. Raises NotFiniteError, with nothing changed."""
    watched = measure(net, batch)
    applied = _clip(net.parameters, watched.norm, rule)
    with torch.no_grad():
        moved = [parameter for parameter in net.parameters if parameter.grad is not None]
        torch._foreach_add_(moved, [p.grad for p in moved if p.grad is not None], alpha=-rule.lr)
    return watched._replace(applied=applied)


def measure(net: Deep, batch: Batch) -> Watched:
    """Go forwards and back, and leave the gradients with the parameters. Raises NotFiniteError."""
    inputs, targets = batch
    for parameter in net.parameters:
        parameter.grad = None
    watched = net.watched(inputs)
    loss = cross_entropy(net.read_out(watched[-1]), targets)
    if not math.isfinite(loss.item()):
        raise _on_the_way_forwards(net, inputs, loss)
    loss.backward()
    gradients = net.gradients(watched)
    profile = norms(gradients)
    norm = math.hypot(_total(net.unmeasured), *(profile if len(net.unmeasured) < len(net.parameters) else ()))
    if not math.isfinite(norm) or not all(map(math.isfinite, profile)):
        raise _on_the_way_back(gradients, profile)
    return Watched(loss.item(), norm, norm, profile)


def norms(gradients: list[Tensor]) -> list[float]:
    """The Euclidean norm of each tensor, none of them lost to the range of its squares: BLAS sees to that."""
    found = [snrm2(each.numpy().reshape(-1)) for each in gradients]
    return [n if _SUBNORMAL < n < math.inf else _exact(each) for n, each in zip(found, gradients, strict=True)]


def _exact(tensor: Tensor) -> float:
    return float(torch.linalg.vector_norm(tensor, dtype=torch.float64))


def _total(parameters: list[Tensor]) -> float:
    """The Euclidean norm of all gradients taken together."""
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    squares = torch.stack(torch._foreach_norm(gradients)).double().square().sum().item()
    if _SMALL**2 < squares < math.inf:
        return math.sqrt(squares)
    return math.sqrt(sum(float(each.double().square().sum()) for each in gradients))


def _clip(parameters: list[Tensor], norm: float, rule: Rule) -> float:
    """Bound each number of the gradient, then its norm, as asked; the norm that is left."""
    if not rule.clip_norm and not rule.clip_value:
        return norm
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    if rule.clip_value:
        for each in gradients:
            each.clamp_(-rule.clip_value, rule.clip_value)
        norm = _total(parameters)
    if rule.clip_norm and norm > rule.clip_norm:
        factor = rule.clip_norm / (norm + 1e-6)  # as torch.nn.utils.clip_grad_norm_ does
        torch._foreach_mul_(gradients, factor)
        norm *= factor
    return norm


@torch.no_grad()
def _on_the_way_forwards(net: Deep, inputs: Tensor, loss: Tensor) -> NotFiniteError:
    place = 0
    for each in net.hidden(inputs):
        if not each.isfinite().all():
            return NotFiniteError(_what(each), "forwards", place, None)
        place += 1
    return NotFiniteError(_what(loss), "forwards", place, None)


def _on_the_way_back(gradients: list[Tensor], profile: list[float]) -> NotFiniteError:
    """The way back begins at the last layer."""
    for place in reversed(range(len(gradients))):
        if not gradients[place].isfinite().all():
            return NotFiniteError(_what(gradients[place]), "back", place, profile)
    return NotFiniteError("inf", "back", -1, profile)


def _what(numbers: Tensor) -> str:
    return "inf" if numbers.isinf().any() else "nan"

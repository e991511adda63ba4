"""A layer walked through step by step with the readable cells, forwards and backwards, everything remembered."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, NamedTuple

import torch
from torch import Tensor

from tuilab.engine.cells import gru, lstm, rnn
from tuilab.engine.layer import Kind

MODULES: dict[str, ModuleType] = {"rnn": rnn, "lstm": lstm, "gru": gru}


class Held(NamedTuple):
    """A gate that is held at a value: at every step and in every unit where they are None."""

    gate: str
    value: float
    step: int | None = None
    unit: int | None = None


class Task(NamedTuple):
    """What is walked through, from zero states; the loss is the mean squared error of the read-out.

    `x` is (time, batch, inputs), `targets` (time, batch, outputs); `readout` is a weight (outputs, hidden) and a bias.
    """

    kind: Kind
    x: Tensor
    targets: Tensor
    weights: Sequence[Tensor]
    readout: tuple[Tensor, Tensor]
    held: Sequence[Held] = ()


class Pass(NamedTuple):
    """What a walk has seen, a list entry for each time step; d are the gradients with respect to the states."""

    states: list[Any]  # before each step, and after the last
    steps: list[Any]  # what each has to remember
    d_own: list[Any]  # from the loss at this very step
    d_carried: list[Any]  # from the steps after it
    d_first: Any  # with respect to the states before the first step
    terms: list[Any]  # of the gradients of the weights
    loss: Tensor
    predictions: Tensor


def walk(task: Task) -> Pass:
    """Walk forwards, and back."""
    kind, x = task.kind, task.x
    module: Any = MODULES[kind.cell]
    more = {"reset": kind.reset} if kind.cell == "gru" else {}
    w = module.Weights(*task.weights)
    zero = x.new_zeros(x.shape[1], task.weights[1].shape[1])
    states, steps = [module.State(*[zero] * kind.states)], []
    for t, x_t in enumerate(x):
        after, remembered = module.step(x_t, states[-1], w, **more, hold=_holding(task.held, t))
        states.append(after)
        steps.append(remembered)
    readout, bias = task.readout
    predictions = torch.stack([state.h for state in states[1:]]) @ readout.T + bias
    apart = predictions - task.targets
    d_read = 2 * apart / apart.numel() @ readout
    back: list[tuple[Any, Any, Any]] = []
    d = module.State(*[zero] * kind.states)
    for t in reversed(range(len(x))):
        own = module.State(d_read[t], *[zero] * (kind.states - 1))
        total = module.State(*(a + b for a, b in zip(own, d, strict=True)))
        carried = d
        _, d, term = module.backward_step(total, steps[t], w, **more, free=_freeing(task.held, t))
        back.append((own, carried, term))
    d_own, d_carried, terms = (list(each) for each in zip(*reversed(back), strict=True))
    return Pass(states, steps, d_own, d_carried, d, terms, (apart**2).mean(), predictions)


def difference_from_autograd(task: Task) -> float:
    """The largest difference between the gradients of the weights by hand and autograd's, relative to the largest."""
    leaves = [weight.detach().requires_grad_() for weight in task.weights]
    seen = walk(task._replace(weights=leaves))
    wanted = torch.autograd.grad(seen.loss, leaves)
    with torch.no_grad():
        by_hand = [torch.stack([term[i] for term in seen.terms]).sum(0) for i in range(len(leaves))]
        largest = max(float(each.abs().max()) for each in wanted)
        apart = max(float((a - b).abs().max()) for a, b in zip(by_hand, wanted, strict=True))
    return apart / largest if largest else apart


def _holding(held: Sequence[Held], t: int) -> Callable[[str, Tensor], Tensor]:
    def hold(name: str, value: Tensor) -> Tensor:
        for each in _at(held, name, t):
            value = torch.where(_where(value, each), torch.as_tensor(each.value, dtype=value.dtype), value)
        return value

    return hold


def _freeing(held: Sequence[Held], t: int) -> Callable[[str, Tensor], Tensor]:
    def free(name: str, d: Tensor) -> Tensor:
        for each in _at(held, name, t):
            d = torch.where(_where(d, each), torch.zeros_like(d), d)
        return d

    return free


def _at(held: Sequence[Held], name: str, t: int) -> list[Held]:
    return [each for each in held if each.gate == name and each.step in (None, t)]


def _where(value: Tensor, each: Held) -> Tensor:
    units = torch.arange(value.shape[-1])
    return (units == each.unit) if each.unit is not None else torch.ones_like(units, dtype=torch.bool)

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
    """A gate that is held at a value: at every step and in every unit where they are None.

    `h_before` and `C_before` are the states that a step begins with; those that the step before left stay as they are.
    """

    gate: str
    value: float
    step: int | None = None
    unit: int | None = None


class Task(NamedTuple):
    """What is walked through. `x` is (time, batch, inputs); `readout` is a weight (outputs, hidden) and a bias.

    Something is said from step `first_out` on, and held against `targets`: numbers (steps out, batch, outputs) by the
    mean squared error, or whole numbers (steps out, batch), the places of classes, by the mean cross-entropy. It begins
    with the states `start`, or with zeros. An encoder says nothing itself: its `decoder`, which begins with the
    encoder's last states, has the loss. Nor does a layer below another one: that `above`, whose x its h is, has it.
    """

    kind: Kind
    x: Tensor
    targets: Tensor
    weights: Sequence[Tensor]
    readout: tuple[Tensor, Tensor]
    held: Sequence[Held] = ()
    first_out: int = 0
    start: Sequence[Tensor] = ()
    decoder: "Task | None" = None
    above: "Task | None" = None


class Forwards(NamedTuple):
    """What a walk forwards has seen, a list entry for each time step."""

    states: list[Any]  # before each step, and after the last
    steps: list[Any]  # what each has to remember
    loss: Tensor  # a scalar
    predictions: Tensor  # (steps out, batch, outputs), of the whole network; of classes the scores


class Terms(NamedTuple):
    """What one step adds to the gradients of both biases (gates·hidden,), and to one unit's rows of the weights."""

    da: Tensor  # that of bias_ih is da itself
    dc: Tensor
    weight_ih: Tensor  # (gates, inputs)
    weight_hh: Tensor  # (gates, hidden)
    weight_ch: Tensor | None  # (3, hidden), of a diagonal (3, 1)


class Backwards(NamedTuple):
    """What a walk back has seen; d are the gradients with respect to the states."""

    d_own: list[Any]  # from the loss at this very step
    d_carried: list[Any]  # from the steps after it
    d_before: list[Any]  # with respect to the states that each step begins with
    terms: list[Terms]
    sums: list[Tensor]  # the gradients of the weights
    dx: Tensor  # (time, batch, inputs)
    above: "Backwards | None"  # of the layer above


def forwards(task: Task) -> Forwards:
    """Walk forwards."""
    kind, x = task.kind, task.x
    module: Any = MODULES[kind.cell]
    w, zero = module.Weights(*task.weights), _zero(task)
    states, steps = [module.State(*(task.start or [zero] * kind.states))], []
    for t, x_t in enumerate(x):
        hold = _holding(task.held, t)
        after, remembered = module.step(x_t, _between(states[-1], hold), w, **form(kind), hold=hold)
        states.append(after)
        steps.append(remembered)
    if task.decoder is not None:
        return Forwards(states, steps, forwards(task.decoder._replace(start=states[-1])).loss, x.new_empty(0))
    if task.above is not None:
        above = forwards(_fed(task.above, states))
        return Forwards(states, steps, above.loss, above.predictions)
    readout, bias = task.readout
    predictions = torch.stack([state.h for state in states[1 + task.first_out :]]) @ readout.T + bias
    return Forwards(states, steps, _loss(predictions, task.targets), predictions)


def _fed(above: Task, states: Sequence[Any]) -> Task:
    """The layer above, which reads these states."""
    return above._replace(x=torch.stack([state.h for state in states[1:]]))


def _loss(predictions: Tensor, targets: Tensor) -> Tensor:
    if targets.is_floating_point():
        return ((predictions - targets) ** 2).mean()
    return torch.nn.functional.cross_entropy(predictions.flatten(0, 1), targets.flatten())


def apart(predictions: Tensor, targets: Tensor) -> Tensor:
    """The gradient of the loss with respect to what is said, but for the mean: 2·(said − target), or p − target."""
    if targets.is_floating_point():
        return 2 * (predictions - targets)
    return predictions.softmax(-1) - torch.nn.functional.one_hot(targets, predictions.shape[-1])


@torch.no_grad()
def backwards(task: Task, seen: Forwards, unit: int = 0) -> Backwards:
    """Walk back; of the steps' own terms only those of one unit are kept, all would not fit into memory."""
    kind = task.kind
    module: Any = MODULES[kind.cell]
    w, zero = module.Weights(*task.weights), _zero(task)
    above = None if task.above is None else _back_above(task.above, seen)
    d_read, d = _from_the_loss(task, seen, above)
    back: list[tuple[Any, Any, Any, Terms, Tensor]] = []
    sums = [torch.zeros_like(weight) for weight in task.weights]
    for t in reversed(range(len(task.x))):
        own = module.State(d_read[t], *[zero] * (kind.states - 1))
        total = module.State(*(a + b for a, b in zip(own, d, strict=True)))
        carried, free = d, _freeing(task.held, t)
        dx, d_before, terms = module.backward_step(total, seen.steps[t], w, **form(kind), free=free)
        d = _between(d_before, free)
        for total_of_weight, term in zip(sums, terms, strict=False):  # without peepholes the last is None
            total_of_weight.add_(term)
        back.append((own, carried, d_before, _of_unit(terms, unit, zero.shape[1]), dx))
    d_own, d_carried, d_before, terms, dx = (list(each) for each in zip(*reversed(back), strict=True))
    return Backwards(d_own, d_carried, d_before, terms, sums, torch.stack(dx), above)


def _back_above(above: Task, seen: Forwards) -> Backwards:
    fed = _fed(above, seen.states)
    return backwards(fed, forwards(fed))


def _from_the_loss(task: Task, seen: Forwards, above: Backwards | None) -> tuple[Tensor, Any]:
    """The gradients with respect to h of each step, from its own loss or from above, and to the last states.

    These come from a decoder.
    """
    zero = _zero(task)
    last = type(seen.states[0])(*[zero] * task.kind.states)
    if above is not None:
        return above.dx, last
    nothing = zero.expand(len(task.x), *zero.shape)
    if task.decoder is not None:
        after = task.decoder._replace(start=seen.states[-1])
        return nothing, backwards(after, forwards(after)).d_before[0]
    d = apart(seen.predictions, task.targets) / task.targets.numel() @ task.readout[0]
    return torch.cat([nothing[: task.first_out], d]), last


def _of_unit(terms: Any, unit: int, hidden: int) -> Terms:
    """Copies: a view would keep all of the term."""
    ih, hh = (term.unflatten(0, (-1, hidden))[:, unit].clone() for term in terms[:2])
    ch = getattr(terms, "weight_ch", None)
    return Terms(
        terms.bias_ih, terms.bias_hh, ih, hh, None if ch is None else ch.reshape(3, hidden, -1)[:, unit].clone()
    )


def _zero(task: Task) -> Tensor:
    return task.x.new_zeros(task.x.shape[1], task.weights[1].shape[1])


def form(kind: Kind) -> dict[str, str]:
    """What the steps of a cell are told of its form."""
    return {"rnn": {"activation": kind.activation}, "gru": {"reset": kind.reset}}.get(kind.cell, {})


def difference_from_autograd(task: Task, by_hand: Sequence[Tensor]) -> float:
    """The largest difference of the gradients of the weights, by hand, from autograd's, relative to the largest."""
    leaves = [weight.detach().requires_grad_() for weight in task.weights]
    wanted = torch.autograd.grad(forwards(task._replace(weights=leaves)).loss, leaves)
    largest = max(float(each.abs().max()) for each in wanted)
    apart = max(float((a - b).abs().max()) for a, b in zip(by_hand, wanted, strict=True))
    return apart / largest if largest else apart


def _between(states: Any, change: Callable[[str, Tensor], Tensor]) -> Any:
    """The states, or their gradients, on the way from one step to the next, where they may be held."""
    return type(states)(*(change(f"{name}_before", value) for name, value in states._asdict().items()))


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

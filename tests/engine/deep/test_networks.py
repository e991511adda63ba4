"""The deep networks against torch's own layers, and what is measured of them against autograd."""

import math

import pytest
import torch
from torch import nn

from tuilab.engine.deep.descent import NotFiniteError, Rule, measure, norms, step
from tuilab.engine.deep.initial import draw
from tuilab.engine.deep.networks import ACTIVATIONS, GAIN, Stack, Unrolled
from tuilab.engine.deep.tasks import first_symbol, generator_of, ring

torch.set_num_threads(1)  # as the worker does: more only wait for each other


def generator(seed: int = 1) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def stack(activation: str = "tanh", batchnorm: str = "off", depth: int = 4, how: str = "xavier") -> Stack:
    net = Stack(depth, 6)
    net.activation, net.batchnorm = activation, batchnorm
    net.draw((how, 0.5, generator()))
    return net


def unrolled(activation: str = "tanh", batchnorm: str = "off", how: str = "xavier") -> Unrolled:
    net = Unrolled(6)
    net.activation, net.batchnorm = activation, batchnorm
    net.draw((how, 0.5, generator()))
    return net


MODULES = {
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "relu": nn.ReLU,
    "leaky": lambda: nn.LeakyReLU(0.01),
    "elu": nn.ELU,
}


@pytest.mark.parametrize("batchnorm", ["off", "step"])
@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_the_stack_is_torchs_own_layers(activation: str, batchnorm: str) -> None:
    net = stack(activation, batchnorm)
    inputs, targets = ring(32, generator())
    modules: list[nn.Module] = []
    for layer, weights in enumerate([net.first, *net.weights]):
        linear = nn.Linear(*weights.shape)
        linear.weight.data, linear.bias.data = weights.detach().T.clone(), net.biases[layer].detach().clone()
        norm = [nn.BatchNorm1d(6)] if batchnorm == "step" else []
        modules += [linear, *norm, MODULES[activation]()]
    linear = nn.Linear(6, 2)
    linear.weight.data, linear.bias.data = net.out.detach().T.clone(), net.out_bias.detach().clone()
    loss = nn.functional.cross_entropy(nn.Sequential(*modules, linear)(inputs), targets)
    loss.backward()
    watched = measure(net, (inputs, targets))
    assert watched.loss == pytest.approx(loss.item(), rel=1e-5)
    own = [module.weight.grad.norm().item() for module in modules if isinstance(module, nn.Linear)]
    assert watched.profile == pytest.approx(own, rel=1e-3)
    parameters = [p.grad for module in (*modules, linear) for p in module.parameters()]
    total = torch.stack([gradient.norm() for gradient in parameters]).norm().item()
    assert watched.norm == pytest.approx(total, rel=1e-3)


@pytest.mark.parametrize(("activation", "nonlinearity"), [("tanh", "tanh"), ("relu", "relu")])
def test_the_unrolled_network_is_torchs_rnn(activation: str, nonlinearity: str) -> None:
    net = unrolled(activation)
    inputs, targets = first_symbol(16, 7, generator())
    theirs = nn.RNN(8, 6, nonlinearity=nonlinearity)
    theirs.weight_ih_l0.data, theirs.weight_hh_l0.data = net.wx.detach().T.clone(), net.wh.detach().T.clone()
    theirs.bias_ih_l0.data, theirs.bias_hh_l0.data = net.bias.detach().clone(), torch.zeros(6)
    outputs, _ = theirs(inputs)
    loss = nn.functional.cross_entropy(outputs[-1] @ net.out.detach() + net.out_bias.detach(), targets)
    loss.backward()
    assert measure(net, (inputs, targets)).loss == pytest.approx(loss.item(), rel=1e-5)
    assert net.wh.grad is not None and theirs.weight_hh_l0.grad is not None
    assert torch.allclose(net.wh.grad, theirs.weight_hh_l0.grad.T, atol=1e-6)


@pytest.mark.parametrize("batchnorm", ["off", "step", "shared"])
def test_the_gradient_of_a_time_step_is_that_of_a_nudge_of_its_state(batchnorm: str) -> None:
    """dL/dh(t) by a nudge added to the state, whose gradient autograd gives."""
    net = unrolled("tanh", batchnorm)
    inputs, targets = first_symbol(16, 5, generator())
    profile = measure(net, (inputs, targets)).profile
    nudges = torch.zeros(5, 16, 6, requires_grad=True)
    h = torch.zeros(16, 6)
    x = inputs @ net.wx

    def norm(z: torch.Tensor, gain: torch.Tensor, dims: tuple[int, ...]) -> torch.Tensor:
        return (z - z.mean(dims)) / (z.var(dims, correction=0) + 1e-5).sqrt() * gain

    if batchnorm == "shared":
        x = norm(x, net.input_gain, (0, 1))
    for t in range(5):
        z = (
            norm(x[t], net.input_gain, (0,)) + norm(h @ net.wh, net.hidden_gain, (0,))
            if batchnorm == "step"
            else x[t] + h @ net.wh
        )
        h = torch.tanh(z + net.bias) + nudges[t]
    nn.functional.cross_entropy(h @ net.out + net.out_bias, targets).backward()
    assert nudges.grad is not None
    assert profile == pytest.approx([each.norm().item() for each in nudges.grad], rel=1e-3)
    assert len(profile) == 5 and net.input_gain[0] == GAIN


def test_the_switch_routes_around_the_batch_norm_layers_that_stay() -> None:
    net = stack(batchnorm="off")
    batch = ring(32, generator())
    step(net, batch, Rule(0.1))
    count = len(net.parameters)
    assert net.gains.grad is None and torch.equal(net.gains, torch.ones(4, 6))
    net.batchnorm = "step"
    step(net, batch, Rule(0.1))
    assert len(net.parameters) == count and not torch.equal(net.gains, torch.ones(4, 6))
    kept = net.gains.detach().clone()
    net.batchnorm = "off"
    step(net, batch, Rule(0.1))
    assert torch.equal(net.gains, kept)


def test_how_weights_begin() -> None:
    assert torch.equal(draw(5, 5, "identity", 0, generator()), torch.eye(5))
    q = draw(40, 40, "orthogonal", 0, generator())
    assert torch.allclose(q @ q.T, torch.eye(40), atol=1e-5)
    for how, std in (("xavier", math.sqrt(2 / 400)), ("he", math.sqrt(2 / 100)), ("normal", 0.3)):
        drawn = draw(100, 300, how, 0.3, generator())
        assert drawn.std().item() == pytest.approx(std, rel=0.03)
        assert torch.equal(drawn, draw(100, 300, how, 0.3, generator()))
    assert draw(100, 300, "xavier", 0, generator()).abs().max() <= math.sqrt(6 / 400)
    assert draw(3, 5, "identity", 0, generator()).abs().max() <= math.sqrt(6 / 8)


@pytest.mark.parametrize("value", [1e-30, 1e30, 3e-40, 1e38])
def test_a_norm_is_not_lost_to_the_range_of_its_squares(value: float) -> None:
    assert norms([torch.full((1, 100), value)] * 2) == pytest.approx([10 * value] * 2, rel=1e-3)


def test_clipping_by_norm_and_by_value() -> None:
    batch = ring(32, generator())
    for rule in (Rule(1.0, clip_norm=0.01), Rule(1.0, clip_value=0.001), Rule(1.0, 0.002, 0.001)):
        net, free = stack(), stack()
        watched, unclipped = step(net, batch, rule), measure(free, batch)
        assert watched.profile == unclipped.profile and watched.norm == unclipped.norm
        gradients = [p.grad for p in free.parameters if p.grad is not None]
        if rule.clip_value:
            nn.utils.clip_grad_value_(free.parameters, rule.clip_value)
        if rule.clip_norm:
            nn.utils.clip_grad_norm_(free.parameters, rule.clip_norm)
        assert watched.applied == pytest.approx(torch.stack([g.norm() for g in gradients]).norm().item(), rel=1e-3)
        moved = [(a - b).detach() for a, b in zip(stack().parameters, net.parameters, strict=True) if a.numel()]
        assert torch.stack([each.norm() for each in moved]).norm().item() == pytest.approx(watched.applied, rel=1e-3)


def test_what_clipping_leaves_of_a_small_gradient_is_told_as_it_is() -> None:
    net = stack()
    watched = step(net, ring(32, generator()), Rule(1.0, clip_norm=1e-5, clip_value=1e-6))
    gradients = [p.grad for p in net.parameters if p.grad is not None]
    assert watched.applied == pytest.approx(torch.stack([g.norm() for g in gradients]).norm().item(), rel=1e-4)
    assert watched.applied < 0.95e-5  # a millionth more than the norm is divided by, as torch does


def test_the_first_number_that_is_not_finite_forwards() -> None:
    net = stack("relu", depth=10)
    with torch.no_grad():
        for layer in net.weights:
            layer.fill_(1e8)
        net.first[:] = 1.0
    before = [layer.detach().clone() for layer in net.weights]
    with pytest.raises(NotFiniteError) as told:
        step(net, ring(32, generator()), Rule(0.1))
    with torch.no_grad():
        outputs = list(net.hidden(ring(32, generator())[0]))
    first = next(place for place, h in enumerate(outputs) if not h.isfinite().all())
    assert (told.value.what, told.value.way, told.value.place) == ("inf", "forwards", first) and 0 < first < 9
    assert all(map(torch.equal, net.weights, before))


def test_the_first_number_that_is_not_finite_on_the_way_back() -> None:
    """What comes in is small and grows to a usual size; what goes back has that size, and grows as much again."""
    net = stack("relu", depth=5)
    with torch.no_grad():
        net.first[:] = 1e-38
        for layer in net.weights:
            layer.copy_(1e10 * torch.eye(6))
    with pytest.raises(NotFiniteError) as told:
        step(net, ring(32, generator()), Rule(0.1))
    assert (told.value.what, told.value.way, told.value.place) == ("inf", "back", 0)
    assert told.value.profile is not None and all(map(math.isfinite, told.value.profile[1:]))


def test_batches_depend_on_seed_and_step_alone() -> None:
    assert torch.equal(ring(8, generator_of(3, 5))[0], ring(8, generator_of(3, 5))[0])
    assert not torch.equal(ring(8, generator_of(3, 5))[0], ring(8, generator_of(3, 6))[0])
    inputs, targets = ring(4000, generator())
    assert inputs.var(0).tolist() == pytest.approx([1, 1], rel=0.05)
    assert targets.float().mean().item() == pytest.approx(0.5, abs=0.03)
    assert torch.equal(((inputs / math.sqrt(3)) ** 2).sum(1) > 2 / math.pi, targets.bool())

"""The training of the gradients lab as a plain torch program, its switches thrown at the same steps."""

from tuilab.labs import switches
from tuilab.labs.gradients.spec import Gradients
from tuilab.labs.home import TIMES, TOLD

_INITS = {
    "xavier": "nn.init.xavier_uniform_(w, generator=generator)",
    "he": "w.normal_(0, (2 / inputs) ** 0.5, generator=generator)",
    "normal": 'w.normal_(0, now["std"], generator=generator)',
    "orthogonal": "nn.init.orthogonal_(w, generator=generator)",
}
_STACK_BATCH = """\
    x = 2 * torch.rand({batch}, 2, generator=generator) - 1  # is a point in the ring or out of it?
    return x * 3**0.5, ((x**2).sum(1) > 2 / math.pi).long()"""
_RNN_BATCH = """\
    y = torch.randint(8, ({batch},), generator=generator)  # the first symbol is to be named at the end
    x = torch.zeros({length}, {batch}, 8)
    x[0, torch.arange({batch}), y] = 1
    return x, y"""
_STACK = """\
    h = x
    for w, b, gain, shift in zip([first, *weights], biases, gains, shifts):
        z = torch.addmm(b, h, w)
        h = f(norm(z, gain, shift) if now["batchnorm"] != "off" else z)"""
_RNN = """\
    h, inputs = torch.zeros({batch}, {width}), x @ wx
    if now["batchnorm"] == "off":
        inputs = inputs + bias
    elif now["batchnorm"] == "shared":
        inputs = norm(inputs.flatten(0, 1), input_gain, bias).view_as(inputs)
    for z in inputs:
        if now["batchnorm"] == "step":
            h = f(norm(h @ wh, hidden_gain, None) + norm(z, input_gain, bias))
        else:
            h = f(torch.addmm(z, h, wh))
        h.retain_grad()
        states.append(h)"""


def code(spec: Gradients) -> str:
    """A program that prints the loss of the last step, and the gradient norm of each layer or time step."""
    return _written(spec, spec.steps)


def program(spec: Gradients, steps: int) -> str:
    """The same for so many steps, the loss of each told to `told`."""
    return _written(spec, steps, TOLD, TIMES)


def _written(spec: Gradients, steps: int, told: str = "", nudge: str = "") -> str:
    moments = sorted({each.step for each in switches.switches(spec)})
    plan = {step: new for step in moments if (new := switches.new_at(spec, step))}
    settings = {name: getattr(spec, name) for name in spec.switchable}
    stack = spec.network == "stack"
    draws, names = _stack_weights(spec) if stack else _rnn_weights(spec)
    measured = "[first.grad, *weights.grad]" if stack else "[state.grad for state in states]"
    return f"""\
import math

import torch
from torch import nn
from torch.nn import functional

torch.set_num_threads(1)  # as the lab has; more round otherwise, and training enlarges that
now = {settings!r}
switched = {plan!r}  # after so many steps
activations = {{"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu,
               "leaky": lambda z: functional.leaky_relu(z, 0.01), "elu": functional.elu}}


def drawn(inputs, outputs, how, generator):
    w = torch.empty(inputs, outputs)
    if how == "identity" and inputs == outputs:
        return torch.eye(inputs)
    if how == "orthogonal":
        return {_INITS["orthogonal"]}
    if how == "normal":
        return {_INITS["normal"]}
    if how == "he":
        return {_INITS["he"]}
    return {_INITS["xavier"]}


def weights_of(seed):
    generator, how = torch.Generator().manual_seed(seed), now["init"]
{draws}

def batch_of(step):
    generator = torch.Generator().manual_seed(({spec.seed} * 1_000_003 + step) % 2**63)
{(_STACK_BATCH if stack else _RNN_BATCH).format(batch=spec.batch, length=spec.length)}


def norm(z, gain, shift):  # batch normalisation, by the statistics of the batch
    return functional.batch_norm(z, None, None, gain, shift, training=True)


parameters = weights_of({spec.seed})
for step in range({steps}):
    new = switched.get(step, {{}})
    now |= new
    if "init" in new or ("std" in new and now["init"] == "normal"):
        parameters = weights_of({spec.seed})
    {names} = parameters
    x, y = batch_of(step)
    f, states = activations[now["activation"]], []
{(_STACK if stack else _RNN).format(batch=spec.batch, width=spec.width)}
    loss = functional.cross_entropy(torch.addmm(out_bias, h, out), y)
    for parameter in parameters:
        parameter.grad = None
    loss.backward()
    # in double precision, as the squares of such numbers are nought or inf in single
    measured = [gradient.double().norm().item() for gradient in {measured}]
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    with torch.no_grad():
        if now["clip_value"]:
            for gradient in gradients:
                gradient.clamp_(-now["clip_value"], now["clip_value"])
        total = math.sqrt(sum(gradient.double().square().sum().item() for gradient in gradients))
        if now["clip"] and total > now["clip"]:
            for gradient in gradients:
                gradient *= now["clip"] / (total + 1e-6)
        for parameter in parameters:
            if parameter.grad is not None:
                parameter.add_(parameter.grad, alpha=-now["lr"]{nudge})
{told}print("loss", loss.item())
print("gradient norms", measured)
"""


def _stack_weights(spec: Gradients) -> tuple[str, str]:
    n, d = spec.width, spec.depth
    text = f"""\
    first = drawn(2, {n}, how, generator)
    weights = torch.stack([drawn({n}, {n}, how, generator) for layer in range({d - 1})])
    out = drawn({n}, 2, "xavier", generator)
    biases, gains, shifts = torch.zeros({d}, {n}), torch.ones({d}, {n}), torch.zeros({d}, {n})
    return [w.requires_grad_() for w in (first, weights, biases, gains, shifts, out, torch.zeros(2))]
"""
    return text, "first, weights, biases, gains, shifts, out, out_bias"


def _rnn_weights(spec: Gradients) -> tuple[str, str]:
    n = spec.width
    text = f"""\
    wx, wh = drawn(8, {n}, how, generator), drawn({n}, {n}, how, generator)
    out = drawn({n}, 8, "xavier", generator)
    bias, input_gain, hidden_gain = torch.zeros({n}), torch.full(({n},), 0.1), torch.full(({n},), 0.1)
    return [w.requires_grad_() for w in (wx, wh, bias, input_gain, hidden_gain, out, torch.zeros(8))]
"""
    return text, "wx, wh, bias, input_gain, hidden_gain, out, out_bias"

"""The neuron as a few lines of torch, with the learner's settings."""

from tuilab.labs.home import TIMES, TOLD
from tuilab.labs.neuron.spec import Neuron, numbers

_ACTIVATIONS = {"linear": "z", "tanh": "torch.tanh(z)", "relu": "torch.relu(z)"}


def code(spec: Neuron) -> str:
    """A program that unrolls the neuron, trains it, and prints weights and outputs."""
    return _written(spec, spec.steps)


def program(spec: Neuron, steps: int) -> str:
    """The same for so many steps, the loss of each told to `told`."""
    return _written(spec, steps, TOLD, TIMES)


def _written(spec: Neuron, steps: int, told: str = "", nudge: str = "") -> str:
    return f"""\
import torch

sequence = torch.tensor({list(numbers("sequence", spec.sequence))}, dtype=torch.float64)
unseen = torch.tensor({list(numbers("unseen", spec.unseen))}, dtype=torch.float64)
w_x, w_y, b = torch.tensor([{spec.w_x!r}, {spec.w_y!r}, {spec.b!r}], dtype=torch.float64)
for weight in (w_x, w_y, b):
    weight.requires_grad_()


def neuron(x):  # (time,) to (time,)
    y, outputs = torch.zeros((), dtype=x.dtype), []
    for x_t in x:
        z = w_x * x_t + w_y * y + b
        y = {_ACTIVATIONS[spec.activation]}
        outputs.append(y)
    return torch.stack(outputs)


print("before training:", neuron(sequence[:-1]).tolist())
adam = torch.optim.Adam([w_x, w_y, b], lr={spec.lr!r}{nudge})
for step in range({steps}):
    loss = ((neuron(sequence[:-1]) - sequence[1:]) ** 2).mean()
    adam.zero_grad()
    loss.backward()
    adam.step()
{told}print("w_x, w_y, b:", w_x.item(), w_y.item(), b.item())
print("after training:", neuron(sequence[:-1]).tolist())
print("a sequence not seen:", neuron(unseen[:-1]).tolist())
"""

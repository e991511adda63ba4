"""The layer as a few lines of torch, with the numbers that are on the screen."""

from tuilab.labs.unroll.spec import UnrollTrace


def code(trace: UnrollTrace) -> str:
    """A program that prints Y of every time step."""
    X = [step.X for step in trace.steps]
    time, batch, inputs = trace.shapes["X"]
    neurons = trace.shapes["Wy"][0]
    return f"""\
import torch

# X is (time, batch, inputs) = ({time}, {batch}, {inputs})
X = torch.tensor({_array(X)})
Wx = torch.tensor({_array(trace.Wx)})  # (inputs, neurons)
Wy = torch.tensor({_array(trace.Wy)})  # (neurons, neurons)
b = torch.tensor({_array(trace.b)})  # (1, neurons)

Y = torch.zeros({batch}, {neurons})  # there is no output before the first step
for t in range({time}):
    Y = torch.tanh(X[t] @ Wx + Y @ Wy + b)
    print(f"Y{{t}} =", Y)
"""


def _array(values: object, indent: int = 4) -> str:
    """Nested lists, a row a line; nine digits give a float32 back exactly."""
    if isinstance(values, list) and values and isinstance(values[0], list):
        inner = ",\n".join(" " * indent + _array(row, indent + 4) for row in values)
        return f"[\n{inner},\n{' ' * (indent - 4)}]"
    assert isinstance(values, list)
    return "[" + ", ".join(_number(value) for value in values) + "]"


def _number(value: float) -> str:
    text = f"{value:.9g}"
    return text if any(mark in text for mark in ".en") else text + "."

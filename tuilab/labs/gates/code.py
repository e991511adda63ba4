"""A layer over a window as a few lines of torch."""

from tuilab.labs.gates.spec import Gates, GatesTrace

_GATES = {
    "rnn": "h = torch.tanh(W @ x + U @ h + b)",
    "lstm": "a = W @ x + U @ h + b\n    i, f, g, o = a.chunk(4)  # then sigma of i, f, o, tanh of g\n"
    "    C = torch.sigmoid(f) * C + torch.sigmoid(i) * torch.tanh(g)\n    h = torch.sigmoid(o) * torch.tanh(C)",
    "gru": "a, m = W @ x + b, U @ h + c\n    r, z = torch.sigmoid(a + m).chunk(3)[:2]\n"
    "    n = torch.tanh(a.chunk(3)[2] + r * m.chunk(3)[2])\n    h = (1 - z) * h + z * n",
}


def code(spec: Gates, trace: GatesTrace) -> str:
    """What happens at each step, and how the weights are come by."""
    weights = "fresh weights" if not spec.model else "the weights of the run's parameter.0 to parameter.3"
    return f"""\
import torch

# {trace.about}
# W, U, b{", c" if trace.cell == "gru" else ""}: {weights}, {trace.hidden} units
for x in window:  # {len(trace.x)} steps
    {_GATES[trace.cell]}
"""

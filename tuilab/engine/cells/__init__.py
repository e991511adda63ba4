"""The cells: each with one time step forwards and, derived by hand, one backwards.

These are written to be read beside the equations, and are what the fast path over time (tuilab.engine.tapes) is
checked against. x is (batch, inputs), states are (batch, hidden); weights have torch's layout, `weight_ih`
(gates·hidden, inputs) and `weight_hh` (gates·hidden, hidden), with both biases kept apart, so that they go to and from
torch.nn exactly.

A gate can be held at a value of somebody's choice: `hold` is given the name of each gate and what it came out as, and
returns what counts; backwards, `free` is given the gradient of what goes into that gate, which a held gate has none of.
"""

from collections.abc import Callable

from torch import Tensor

Hold = Callable[[str, Tensor], Tensor]


def nothing(_name: str, value: Tensor) -> Tensor:
    """Every gate as it comes out."""
    return value

"""What TorchScript compiles does what is written."""

import pytest
import torch

from tests.engine.test_layer import KINDS
from tuilab.engine.layer import Kind, Recurrent
from tuilab.engine.script import scripted
from tuilab.engine.tapes import gru, lstm, rnn


@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_scripted_loops_over_time_give_to_the_bit_what_python_gives(
    kind: Kind, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = _both_ways(kind, batch)
    for module in (rnn, lstm, gru):
        monkeypatch.setattr(module, "scripted", lambda function: function)
    for one, other in zip(compiled, _both_ways(kind, batch), strict=True):
        assert torch.equal(one, other)


def _both_ways(kind: Kind, batch: int) -> list[torch.Tensor]:
    torch.manual_seed(4)
    layer, x = Recurrent(kind, 2, 9).double(), torch.randn(20, batch, 2, dtype=torch.double)
    y, states = layer(x)
    (y * torch.randn_like(y)).sum().backward()
    return [y, *states, *(weight.grad for weight in layer.parameters() if weight.grad is not None)]


def test_a_function_is_compiled_once() -> None:
    assert scripted(rnn._run) is scripted(rnn._run)

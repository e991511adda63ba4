"""The cells' steps backwards are what autograd makes of their steps forwards; and both forms of the GRU."""

import pytest
import torch

from tuilab.engine.cells import gru, lstm, rnn
from tuilab.engine.layer import Kind
from tuilab.engine.walk import form

KINDS = [
    Kind("rnn"),
    Kind("rnn", activation="relu"),
    Kind("lstm"),
    Kind("lstm", peephole="full"),
    Kind("lstm", peephole="diagonal"),
    Kind("gru"),
    Kind("gru", reset="before"),
]
BATCH, INPUTS, HIDDEN = 4, 3, 5


def drawn(*shape):
    return torch.randn(shape, dtype=torch.double, requires_grad=True)


def cell_of(kind):
    """The module of a cell, its weights drawn at random, and what else its steps are told."""
    module = {"rnn": rnn, "lstm": lstm, "gru": gru}[kind.cell]
    weights = module.Weights(*(drawn(*shape) for shape in kind.shapes(INPUTS, HIDDEN).values()))
    return module, weights, form(kind)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_step_backwards_is_what_autograd_makes_of_the_step_forwards(kind):
    torch.manual_seed(0)
    module, weights, more = cell_of(kind)
    x, before = drawn(BATCH, INPUTS), module.State(*(drawn(BATCH, HIDDEN) for _ in range(kind.states)))
    after, remembered = module.step(x, before, weights, **more)
    d = module.State(*(torch.randn_like(part) for part in after))
    given = [x, *before, *(weight for weight in weights if weight is not None)]
    wanted = torch.autograd.grad(after, given, d)
    dx, d_before, own = module.backward_step(d, remembered, weights, **more)
    found = [dx, *d_before, *(term for term in own if term is not None)]
    assert len(found) == len(wanted)
    for ours, autograds in zip(found, wanted, strict=True):
        torch.testing.assert_close(ours, autograds, rtol=1e-12, atol=1e-12)


def test_both_forms_of_the_gru_agree_where_the_reset_gate_is_open_and_part_where_it_is_not():
    torch.manual_seed(0)
    _, weights, _ = cell_of(Kind("gru"))
    x, before = drawn(BATCH, INPUTS), gru.State(drawn(BATCH, HIDDEN))
    open_wide = weights._replace(bias_ih=weights.bias_ih + 1e3 * (torch.arange(3 * HIDDEN) < HIDDEN))
    for w, agree in ((open_wide, True), (weights, False)):
        (one, _), (other, _) = gru.step(x, before, w, "before"), gru.step(x, before, w, "after")
        assert torch.allclose(one.h, other.h) == agree


def test_full_peepholes_with_nothing_off_their_diagonal_are_diagonal_ones():
    torch.manual_seed(0)
    _, weights, _ = cell_of(Kind("lstm", peephole="diagonal"))
    full = torch.cat([torch.diag(part) for part in weights.weight_ch.chunk(3)])
    x, before = drawn(BATCH, INPUTS), lstm.State(drawn(BATCH, HIDDEN), drawn(BATCH, HIDDEN))
    one, other = lstm.step(x, before, weights)[0], lstm.step(x, before, weights._replace(weight_ch=full))[0]
    torch.testing.assert_close(one, other)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_gate_that_is_held_has_its_value_and_sends_nothing_back(kind):
    torch.manual_seed(0)
    module, weights, more = cell_of(kind)
    here = torch.zeros(BATCH, HIDDEN, dtype=torch.bool)
    here[:, 2] = True
    for gate in {"rnn": "h", "lstm": "ifgo", "gru": "rzn"}[kind.cell]:

        def hold(name, value, gate=gate):
            return torch.where(here, 0.3, value) if name == gate else value

        def free(name, d, gate=gate):
            return torch.where(here, 0.0, d) if name == gate else d

        x, before = drawn(BATCH, INPUTS), module.State(*(drawn(BATCH, HIDDEN) for _ in range(kind.states)))
        after, remembered = module.step(x, before, weights, **more, hold=hold)
        d = module.State(*(torch.randn_like(part) for part in after))
        given = [x, *before, *(weight for weight in weights if weight is not None)]
        wanted = torch.autograd.grad(after, given, d)
        dx, d_before, own = module.backward_step(d, remembered, weights, **more, free=free)
        found = [dx, *d_before, *(term for term in own if term is not None)]
        for ours, autograds in zip(found, wanted, strict=True):
            torch.testing.assert_close(ours, autograds, rtol=1e-12, atol=1e-12)

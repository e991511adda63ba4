"""Networks that recall: their batches, their beginnings, and the gradient back through time."""

import pytest
import torch

from tuilab.engine.layer import Kind
from tuilab.engine.recall import SYMBOLS, Recall
from tuilab.engine.remembering import Beginning, Rememberer, gradient_norms

KINDS = [Kind("rnn"), Kind("rnn", activation="relu"), Kind("lstm"), Kind("gru")]


def network(kind, ago=9, between="noise", beginning=None, truncate=0):
    made = Rememberer(kind, 7, Recall(ago, 4, between), 3, ("adam", 0.01, 1.0))
    made.begin(beginning or Beginning(), 3)
    made.truncate = truncate
    return made


def test_the_symbol_stands_at_the_first_step_alone():
    inputs, targets = Recall(6, 50, "noise").draw(torch.Generator().manual_seed(1))
    assert inputs.shape == (50, 7, 2 * SYMBOLS) and (inputs.sum(2) == 1).all()
    assert (inputs[:, 0].argmax(1) == targets).all()
    assert (inputs[:, 1:].argmax(2) >= SYMBOLS).all() and len(inputs[:, 1:].argmax(2).unique()) == SYMBOLS
    blank, _ = Recall(6, 50, "blank").draw(torch.Generator().manual_seed(1))
    assert blank.shape == (50, 7, SYMBOLS) and blank[:, 1:].sum() == 0


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_gradient_norms_are_autograds(kind):
    net = network(kind)
    inputs, targets = net.task.draw(torch.Generator().manual_seed(5))
    found = gradient_norms(net, inputs, targets)
    x, states = inputs.transpose(0, 1), []
    state = tuple(torch.zeros(1, 4, 7) for _ in range(kind.states))
    for t in range(len(x)):  # every state a leaf of its own, so that each gets the gradient of what it hands on
        _, state = net.recurrent(x[t : t + 1], state)
        for part in state:
            part.retain_grad()
        states.append(state)
    torch.nn.functional.cross_entropy(net.readout(state[0][0]), targets).backward()
    wanted = [
        torch.linalg.vector_norm(torch.cat([torch.zeros(1, 4, 7) if part.grad is None else part.grad for part in each]))
        for each in states
    ]
    torch.testing.assert_close(found, torch.stack(wanted), rtol=1e-4, atol=1e-9)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_truncated_training_goes_back_so_far_and_says_the_same(kind):
    whole, cut = network(kind), network(kind, truncate=3)
    inputs, _ = whole.task.draw(torch.Generator().manual_seed(5))
    torch.testing.assert_close(whole(inputs)[:, -1], cut(inputs)[:, -1])
    assert cut(inputs).shape[1] == 3
    assert (cut.reach() > 0).tolist() == [False] * 7 + [True] * 3
    cut.step()
    assert cut.recurrent.dh_norms().shape[1] == 3
    assert network(kind, truncate=50)(inputs).shape[1] == 10


def test_what_is_kept_of_the_gradient_at_the_beginning():
    plain = network(Kind("rnn"), 50).reach()[0]
    assert plain < 1e-6
    for kind in (Kind("lstm"), Kind("gru")):
        assert network(kind, 50).reach()[0] < 1e-3
        assert network(kind, 50, beginning=Beginning(keep=4)).reach()[0] > 0.1
    identity = network(Kind("rnn", activation="relu"), 50, "blank", Beginning(init="identity"))
    assert identity.reach()[:-1].tolist() == pytest.approx([float(identity.reach()[0])] * 50) != [0.0] * 50
    hh = network(Kind("rnn"), beginning=Beginning(init="orthogonal")).recurrent.weight_hh_l0
    torch.testing.assert_close(hh @ hh.T, torch.eye(7), rtol=0, atol=1e-5)

"""The recurrence over a cell: against torch's own layers, against the written-out steps, and as autograd uses it."""

import copy
import math
import pickle
import random

import pytest
import torch
from torch import nn

from tests.engine.test_cells import KINDS, cell_of, drawn
from tuilab.engine import layer as layers
from tuilab.engine.cells import gru, lstm
from tuilab.engine.cells.gru import swap
from tuilab.engine.layer import Kind, Recurrent
from tuilab.engine.recurrence import Tapes, recur
from tuilab.engine.tapes import tape as tapes
from tuilab.engine.tapes.lstm import LstmTape
from tuilab.engine.tapes.tape import Size
from tuilab.engine.walk import form

IN_TORCH = [kind for kind in KINDS if kind.in_torch()]
COMPILED = [kind for kind in IN_TORCH if kind.activation == "tanh"]
TOLERANCE = {torch.float32: 1e-5, torch.float64: 1e-10}


def close(ours, theirs, tolerance):
    """Whether two arrays agree, relative to the largest magnitude."""
    return bool((ours - theirs).abs().max() <= tolerance * theirs.abs().max().clamp_min(1e-30))


def twins(kind, inputs, hidden, layers=1, dtype=torch.double):
    """Torch's layer, with its own first weights, and ours with the same."""
    theirs = kind.in_torch()(inputs, hidden, layers).to(dtype)
    ours = Recurrent(kind, inputs, hidden, layers).to(dtype)
    ours.from_torch(theirs.state_dict())
    return ours, theirs


def as_torch(kind, states):
    return states if kind.cell == "lstm" else states[0]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("kind", IN_TORCH, ids=str)
@pytest.mark.parametrize("seed", range(16))
def test_forwards_and_backwards_agree_with_torch(kind, dtype, seed, monkeypatch):
    pick = random.Random(seed)
    monkeypatch.setattr(tapes, "_CHUNK", pick.choice([1, 500, 5000, 1 << 17]))
    compare(kind, dtype, seed, lengths=lengths(pick), hidden=pick.choice([2, 4, 33]))


def lengths(pick):
    """Time and batch."""
    return pick.choice([1, 200, pick.randint(2, 199)]), pick.choice([1, 64, pick.randint(2, 63)])


def compare(kind, dtype, seed, *, lengths, hidden, device="cpu", tolerance=None):
    """Both ways through ours and torch's layer, of a few inputs and layers, relative to the largest magnitude.

    torch's computes in double precision, since in single precision its own gradients are not all exact to 1e-5.
    """
    torch.manual_seed(seed)
    pick, (time, batch) = random.Random(1000 + seed), lengths
    inputs, layers = pick.randint(1, 5), pick.randint(1, 3)
    ours, theirs = (layer.to(device) for layer in twins(kind, inputs, hidden, layers, dtype))
    x, weights = torch.randn(time, batch, inputs, device=device), torch.randn(time, batch, hidden, device=device)
    state, last_weights = (
        tuple(torch.randn(layers, batch, hidden, device=device) for _ in range(kind.states)) for _ in range(2)
    )
    found = [both_ways(layer, kind, (x, state), weights, last_weights) for layer in (ours, theirs.double())]
    for name, our, their in zip(["y", "dx", *names_of(ours), "h", "C"], *found, strict=False):
        assert close(our, their, tolerance or TOLERANCE[dtype]), name


@pytest.mark.parametrize("kind", IN_TORCH, ids=str)
@pytest.mark.parametrize("seed", range(8))
def test_a_layer_of_one_unit_agrees_too(kind, seed):
    compare(kind, torch.float64, seed, lengths=lengths(random.Random(seed)), hidden=1)
    # its gradients are single numbers, to which 12,800 terms may cancel out
    compare(kind, torch.float32, seed, lengths=lengths(random.Random(seed)), hidden=1, tolerance=5e-5)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU")
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("kind", IN_TORCH, ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_forwards_and_backwards_agree_with_torch_on_a_gpu(kind, dtype, seed):
    compare(kind, dtype, seed, lengths=lengths(random.Random(seed)), hidden=33, device="cuda")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.in_torch()], ids=str)
def test_what_torch_has_not_is_the_step_repeated_in_long_stacks_too(kind):
    torch.manual_seed(9)
    layer = Recurrent(kind, 2, 6, layers=3).double()
    module = {"lstm": lstm, "gru": gru}[kind.cell]
    x, factors = drawn(200, 64, 2), torch.randn(200, 64, 6, dtype=torch.double)
    y, said = layer(x)[0], x
    for number in range(3):
        state, outputs = module.State(*zeros(layer, x)), []
        for x_t in said:
            state, _ = module.step(x_t, state, module.Weights(*layer.weights(number)), **form(kind))
            outputs.append(state.h)
        said = torch.stack(outputs)
    given = (x, *layer.parameters())
    gradients = [torch.autograd.grad((factors * result).sum(), given) for result in (y, said)]
    for one, other in zip((y, *gradients[0]), (said, *gradients[1]), strict=True):
        assert close(one, other, 1e-10)


def names_of(layer):
    return [name for name, _ in layer.named_parameters()]


def both_ways(layer, kind, given, weights, last_weights):
    """Outputs, the gradients with respect to x and to the weights in our form, last states; ours or torch's."""
    x, state = given
    dtype, is_torchs = next(layer.parameters()).dtype, isinstance(layer, nn.RNNBase)
    x, weights = x.to(dtype, copy=True).requires_grad_(), weights.to(dtype)
    state, last_weights = ([part.to(dtype) for part in parts] for parts in (state, last_weights))
    y, last = layer(x, as_torch(kind, tuple(state)) if is_torchs else tuple(state))
    last = (last,) if is_torchs and kind.cell != "lstm" else last
    (sum((w * part).sum() for w, part in zip(last_weights, last, strict=True)) + (weights * y).sum()).backward()
    turned = swap if is_torchs and kind.cell == "gru" else lambda gradient: gradient
    return [y, x.grad, *(turned(parameter.grad) for parameter in layer.parameters()), *last]


@pytest.mark.parametrize("kind", COMPILED, ids=str)
@pytest.mark.parametrize("chunk", [1, 300, 1 << 17])
@pytest.mark.parametrize("batch", [3, 9])
def test_compiled_loops_give_the_same(kind, chunk, batch, monkeypatch):
    compiled = pytest.importorskip("tuilab.engine.tapes.compiled", exc_type=ImportError)
    monkeypatch.setattr(tapes, "_CHUNK", chunk)
    made = {"rnn": compiled.CompiledRnn, "lstm": compiled.CompiledLstm, "gru": compiled.CompiledGru}[kind.cell]
    torch.manual_seed(7)
    layer = Recurrent(kind, 2, 13)
    x, state = torch.randn(40, batch, 2), [torch.randn(batch, 13).requires_grad_() for _ in range(kind.states)]
    given = (*state, *layer.weights(0))
    results = []
    for make in (kind.tape, made):
        out = recur(Tapes(make), x, state, layer.weights(0))
        results.append((*out, *torch.autograd.grad([(part * part).sum() for part in out], given)))
    for one, other in zip(*results, strict=True):
        assert close(one, other, 1e-5)


@pytest.mark.parametrize("kind", IN_TORCH, ids=str)
def test_compiled_loops_do_not_hide_what_is_not_a_number(kind):
    pytest.importorskip("tuilab.engine.tapes.compiled", exc_type=ImportError)
    layer = Recurrent(kind, 2, 5)
    with torch.no_grad():
        layer.weight_hh_l0[0, 0] = math.nan
    assert layer(torch.ones(3, 1, 2))[0].isnan().any()


def test_compiled_loops_are_taken_for_small_batches_of_what_torch_has(monkeypatch):
    compiled = pytest.importorskip("tuilab.engine.tapes.compiled", exc_type=ImportError)

    def made(kind, batch, dtype=torch.float32):
        return type(kind.make_tape(tapes.Size(3, batch, 1, 5, dtype, torch.device("cpu"))))

    assert made(Kind("lstm"), 1) is compiled.CompiledLstm and made(Kind("lstm"), 32) is Kind("lstm").tape
    assert made(Kind("gru"), 4) is compiled.CompiledGru and made(Kind("gru"), 5) is Kind("gru").tape
    assert made(Kind("lstm", "full"), 1) is Kind("lstm").tape
    assert made(Kind("gru", reset="before"), 1) is Kind("gru", reset="before").tape
    assert made(Kind("rnn"), 1, torch.float64) is Kind("rnn").tape
    assert made(Kind("rnn", activation="relu"), 1) is Kind("rnn", activation="relu").tape


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_recurrence_is_the_step_repeated(kind, monkeypatch):
    torch.manual_seed(1)
    monkeypatch.setattr(tapes, "_CHUNK", 100)
    module, weights, more = cell_of(kind)
    given = tuple(weight for weight in weights if weight is not None)
    x, state = drawn(9, 4, 3), module.State(*(drawn(4, 5) for _ in range(kind.states)))
    results = recur(Tapes(kind.tape), x, state, given)
    outputs, now = [], state
    for x_t in x:
        now, _ = module.step(x_t, now, weights, **more)
        outputs.append(now.h)
    wanted = (torch.stack(outputs), *now)
    factors = [torch.randn_like(part) for part in wanted]
    gradients = [torch.autograd.grad(parts, (x, *state, *given), factors) for parts in (results, wanted)]
    for one, other in zip((*results, *gradients[0]), (*wanted, *gradients[1]), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_gradcheck(kind):
    torch.manual_seed(2)
    _, weights, _ = cell_of(kind)
    given = tuple(weight for weight in weights if weight is not None)
    state = [drawn(2, 5) for _ in range(kind.states)]
    lender = Tapes(kind.tape)
    count = kind.states

    def run(x, *rest):
        return recur(lender, x, rest[:count], rest[count:])

    assert torch.autograd.gradcheck(run, (drawn(4, 2, 3), *state, *given))


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_gradient_norms_of_the_hidden_states(kind):
    torch.manual_seed(3)
    layer = Recurrent(kind, 2, 4, layers=2).double()
    x, factors = torch.randn(6, 3, 2, dtype=torch.double), torch.randn(6, 3, 4, dtype=torch.double)
    with pytest.raises(ValueError, match="No gradient has come back"):
        layer.dh_norms()
    (layer(x)[0] * factors).sum().backward()
    assert layer.dh_norms().shape == (2, 6)
    assert torch.allclose(layer.dh_norms()[1], norms_by_cutting(layer, x, factors))


def norms_by_cutting(layer, x, factors):
    """Of the upper layer: each hidden state made a leaf in its turn, and all that comes after it run anew."""
    norms = []
    with torch.no_grad():
        below, *_ = recur(Tapes(layer.kind.tape), x, zeros(layer, x), layer.weights(0))
    for t in range(len(x)):
        _, *last = recur(Tapes(layer.kind.tape), below[: t + 1], zeros(layer, x), layer.weights(1))
        state = [part.detach() for part in last]
        state[0] = state[0].requires_grad_()
        total = (factors[t] * state[0]).sum()
        if t + 1 < len(x):
            after, *_ = recur(Tapes(layer.kind.tape), below[t + 1 :], state, layer.weights(1))
            total = total + (factors[t + 1 :] * after).sum()
        norms.append(torch.autograd.grad(total, state[0])[0].norm())
    return torch.stack(norms)


def zeros(layer, x):
    return [x.new_zeros(x.shape[1], layer.hidden) for _ in range(layer.kind.states)]


@pytest.fixture
def layer():
    torch.manual_seed(4)
    return Recurrent(Kind("lstm"), 2, 3).double()


def gradients(layer, inputs):
    """Of the sum of the squared outputs for each of the inputs, each by itself."""
    found = []
    for x in inputs:
        layer.zero_grad()
        layer(x)[0].square().sum().backward()
        found.append(layer.weight_hh_l0.grad.clone())
    return found


def inputs(*times):
    return [torch.randn(time, 4, 2, dtype=torch.double) for time in times]


def test_two_passes_forwards_before_either_goes_back(layer):
    x = inputs(5, 5, 5)
    wanted = gradients(layer, x)
    losses = [layer(each)[0].square().sum() for each in x]
    for loss, right in reversed(list(zip(losses, wanted, strict=True))):
        layer.zero_grad()
        loss.backward()
        assert torch.equal(layer.weight_hh_l0.grad, right)


def test_one_layer_used_twice_in_one_loss():
    torch.manual_seed(5)
    kind = Kind("gru")
    ours, theirs = twins(kind, 3, 3)
    x = torch.randn(6, 2, 3, dtype=torch.double)
    for layer in (ours, theirs):
        layer(layer(x)[0])[0].square().sum().backward()
    assert close(ours.weight_hh_l0.grad, swap(theirs.weight_hh_l0.grad), 1e-12)


def test_an_exception_halfway_spoils_nothing(layer, monkeypatch):
    monkeypatch.setattr(tapes, "_CHUNK", 1)  # a chunk is a step
    x = inputs(5, 5)
    wanted = gradients(layer, x)
    tape = layer.kind.tape
    for method in ("_run", "_run_back"):
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(tape, method, failing_at_the_third(getattr(tape, method)))
            layer(x[0])[0].sum().backward()
        assert all(torch.equal(*pair) for pair in zip(gradients(layer, x), wanted, strict=True))


def failing_at_the_third(method):
    calls = []

    def fails(*given):
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        method(*given)

    return fails


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda layer: pickle.loads(pickle.dumps(layer))])
def test_a_copy_has_buffers_of_its_own(layer, copied):
    x = inputs(5, 5)
    wanted = gradients(layer, x)
    other = copied(layer)
    assert all(torch.equal(*pair) for pair in zip(gradients(other, x), wanted, strict=True))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("name", r"weight_ih_l0 of shape \(9, 2\) is missing"),
        ("shape", r"bias_hh_l0 has shape \(8,\), and \(9,\) is wanted"),
        ("more", r"weight_ih_l1 of shape \(9, 3\) belongs to none of its arrays"),
    ],
)
def test_weights_that_do_not_fit_are_refused(change, told):
    weights = dict(nn.GRU(2, 3).state_dict())
    if change == "name":
        weights["weight"] = weights.pop("weight_ih_l0")
    elif change == "shape":
        weights["bias_hh_l0"] = torch.zeros(8)
    else:
        weights["weight_ih_l1"] = torch.zeros(9, 3)
    with pytest.raises(ValueError, match=f"These weights are not of such a layer: {told}."):
        Recurrent(Kind("gru"), 2, 3).from_torch(weights)


@pytest.mark.parametrize("error", [ImportError, RuntimeError])
def test_without_a_working_numba_the_plain_tapes_run(monkeypatch, error):
    def fails(_name):
        raise error

    monkeypatch.setattr(layers.importlib, "import_module", fails)
    layers._compiled.cache_clear()
    try:
        size = Size(4, 1, 2, 3, torch.float32, torch.device("cpu"))
        assert type(Kind("lstm").make_tape(size)) is LstmTape
    finally:
        monkeypatch.undo()
        layers._compiled.cache_clear()


def test_passes_without_gradients_between_forwards_and_backwards(layer):
    x = inputs(5, 5, 8)
    (wanted,) = gradients(layer, x[:1])
    layer.zero_grad()
    loss = layer(x[0])[0].square().sum()
    with torch.no_grad():
        first, second = layer(x[1])[0], layer(x[1])[0]
        kept = first.clone()
        layer(x[2])
    loss.backward()
    assert torch.equal(layer.weight_hh_l0.grad, wanted)
    assert torch.equal(first, kept) and torch.equal(first, second)


def test_going_back_twice(layer):
    x = inputs(5, 5)
    wanted = gradients(layer, x)
    loss = layer(x[0])[0].square().sum()
    for _ in range(2):
        layer.zero_grad()
        loss.backward(retain_graph=True)
        assert torch.equal(layer.weight_hh_l0.grad, wanted[0])
        assert torch.equal(gradients(layer, x[1:])[0], wanted[1])


def test_weights_changed_between_forwards_and_backwards_are_noticed(layer):
    loss = layer(inputs(5)[0])[0].sum()
    with torch.no_grad():
        layer.weight_hh_l0.mul_(2)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        loss.backward()


def test_tapes_do_not_heap_up(layer):
    for x in inputs(3, 4, 5, 4, 3, 5):
        losses = [layer(x)[0].sum() for _ in range(4)]
        sum(losses).backward()
        del losses
    assert len(layer._tapes[0].spare) == 2


@pytest.mark.parametrize("kind", IN_TORCH, ids=str)
def test_weights_go_to_torch_and_back_exactly(kind):
    ours, theirs = twins(kind, 2, 5, layers=2, dtype=torch.float32)
    there = ours.to_torch()
    assert there.keys() == theirs.state_dict().keys()
    assert all(torch.equal(there[name], tensor) for name, tensor in theirs.state_dict().items())


def test_what_torch_does_not_have_says_so():
    for kind in set(KINDS) - set(IN_TORCH):
        with pytest.raises(ValueError, match="torch has no layer for"):
            Recurrent(kind, 1, 2).to_torch()

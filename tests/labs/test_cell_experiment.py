"""The cell lab's numbers add up, forwards and backwards, and what is held is held."""

import math

import pytest
import torch

from tests.labs.cells import FORMS, ask, check_every_number, keep
from tuilab.engine.walk import backwards as backwards_of
from tuilab.engine.walk import forwards as forwards_of
from tuilab.labs.cell.arithmetic import explain
from tuilab.labs.cell.blocks import backwards, gradients, weights, weights_of
from tuilab.labs.cell.models import fresh
from tuilab.labs.spelling import parse
from tuilab.widgets.numbers import four


def sigma(a):
    return 1 / (1 + math.exp(-a))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", ["t=0", "t=3 unit=2", "t=7 unit=1"])
def test_the_numbers_add_up(form, place):
    trace = ask(f"{form} {place}")
    assert trace.difference < 1e-12 and trace.baseline is None
    walk = trace.now
    gates = {gate.name: gate for gate in walk.gates}
    for name, gate in gates.items():
        assert gate.sum == pytest.approx(gate.Wx + gate.Uh + (gate.PC or 0) + gate.b, abs=1e-12)
        assert gate.value == pytest.approx(math.tanh(gate.sum) if name in "gnh" else sigma(gate.sum), abs=1e-12)
        assert gate.back.da == pytest.approx(gate.back.d * gate.back.slope, abs=1e-12)
        assert gate.back.dW[0] == pytest.approx(gate.back.da * walk.x[0], abs=1e-12)
    said = sum(weight * h for weight, h in zip(walk.readout, walk.h_all, strict=True)) + walk.readout_b
    assert walk.prediction == pytest.approx(said, abs=1e-12) and walk.h_all[trace.unit] == walk.h
    if trace.cell == "lstm":
        C = gates["f"].value * walk.C_before + gates["i"].value * gates["g"].value
        assert pytest.approx(C, abs=1e-12) == walk.C
        assert walk.h == pytest.approx(gates["o"].value * math.tanh(C), abs=1e-12)
    if trace.cell == "gru":
        z, n = gates["z"].value, gates["n"].value
        assert walk.h == pytest.approx((1 - z) * walk.h_before[trace.unit] + z * n, abs=1e-12)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_carried_back_is_what_the_step_after_sends(form):
    for t in range(7):
        here, after = ask(f"{form} unit=1 t={t}").now, ask(f"{form} unit=1 t={t + 1}").now
        assert here.dh_carried == pytest.approx(after.dh_before, abs=1e-15)
        assert here.dC_carried == (None if after.dC_before is None else pytest.approx(after.dC_before, abs=1e-15))
        for first, second in zip(here.gates, after.gates, strict=True):
            for own, total in (("dW", "dW_sum"), ("dU", "dU_sum"), ("dP", "dP_sum")):
                terms = [getattr(first.back, own), getattr(second.back, total)]
                added = [a + b for a, b in zip(*terms, strict=True)]
                assert getattr(first.back, total) == pytest.approx(added, abs=1e-15)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("t", [0, 4, 7])
def test_what_goes_on_to_the_step_before_adds_up(form, t):
    trace = ask(f"{form} unit=1 t={t}")
    walk, gates = trace.now, {gate.name: gate for gate in trace.now.gates}
    dh = walk.dh_own + walk.dh_carried
    past = dh * (1 - gates["z"].value) if trace.cell == "gru" else 0.0
    assert walk.dh_before == pytest.approx(sum(gate.back.to_h for gate in walk.gates) + past, abs=1e-15)
    if trace.cell == "lstm":
        dC = walk.dC_own + walk.dC_carried
        o = gates["o"]
        assert walk.dC_own == pytest.approx(dh * o.value * (1 - walk.tanh_C**2) + o.back.to_C, abs=1e-15)
        peeped = gates["i"].back.to_C + gates["f"].back.to_C
        assert walk.dC_before == pytest.approx(dC * gates["f"].value + peeped, abs=1e-15)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("t", [0, 4, 7])
def test_the_rows_of_what_goes_back_add_up_to_their_sum(form, t):
    trace = ask(f"{form} unit=1 t={t}")
    block = gradients(trace, trace.now)[0][0]
    goes_back = {"to h(t-1)": trace.now.dh_before, "to C(t-1)": trace.now.dC_before}
    for column, name in enumerate(block.column_names):
        values = [row[column] or 0.0 for row in block.values]
        if name in goes_back:
            *terms, total = values if block.row_names[-1] == "sum" else (*values, sum(values))
            assert sum(terms) == pytest.approx(total, abs=1e-15) and total == pytest.approx(goes_back[name], abs=1e-15)
    assert block.column_names[-1] != "to C" or [row[-1] is not None for row in block.values].count(True) == 1


@pytest.mark.parametrize("more", ["", "hidden=2 t=4", "hidden=1"])
def test_what_is_said_is_written_out_as_a_sum(more):
    trace = ask(more)
    terms = explain(trace, "read-out", 0, "said").split("\n= ")[1].split(" ≈ ")
    total = eval(terms[0].replace("×", "*").replace("−", "-"))  # a sum of the numbers just written
    assert total == pytest.approx(trace.now.prediction, abs=3e-4) and terms[1] == four(trace.now.prediction)
    assert terms[0].count("×") == trace.hidden


@pytest.mark.parametrize("form", [*FORMS, "hidden=9 peephole=full", "hidden=9 cell=gru reset=before"])
@pytest.mark.parametrize(
    "more", ["t=3 unit=1", "t=0", "t=7", "t=3 unit=1 set=x[2]:0.5", "t=3 clamp=f:1", "t=3 clamp=z:0"]
)
def test_every_number_is_written_out(form, more):
    if more.endswith(("f:1", "z:0")) and ("rnn" in form or ("gru" in form) != more.endswith("z:0")):
        pytest.skip("this cell has no such gate")
    check_every_number(ask(f"{form} {more}"))


@pytest.mark.parametrize("form", ["", "cell=gru", "cell=rnn", "peephole=full", "peephole=diagonal"])
def test_every_number_of_a_layer_on_another_one_is_written_out(form):
    keep(f"forecast {form} hidden=11 length=6 batch=2 layers=2", 5)
    trace = ask("model=last t=2 unit=3 length=6")
    check_every_number(trace)
    shown = [block for view in (weights, gradients) for band in view(trace, trace.now) for block in band]
    for kind in ("W", "dW", "U", "dU"):
        assert (
            sum(len(block.values[0]) for block in shown if weights_of(block.name) in ((kind, 0), (kind, 6), (kind, 8)))
            == 11
        )
    assert "dW" not in backwards(trace, trace.now)[1][0].column_names


@pytest.mark.parametrize("form", FORMS)
def test_the_gradient_is_how_the_loss_changes(form):
    small = 1e-6
    for gate in ask(f"{form} t=3 unit=1").now.gates:
        losses = [
            ask(f"{form} t=3 unit=1 set={gate.name}[3,1]:{gate.value + change!r}").now.loss
            for change in (small, -small)
        ]
        assert (losses[0] - losses[1]) / (2 * small) == pytest.approx(gate.back.d, rel=1e-4, abs=1e-9)


def test_a_clamp_holds_a_gate_everywhere_and_the_baseline_stays():
    free, held = ask("t=3"), ask("t=3 clamp=f:1")
    assert held.baseline == free.now
    forget = held.now.gates[1]
    assert (forget.value, forget.held, forget.back.slope, forget.back.da) == (1.0, True, 0.0, 0.0)
    assert held.now.C_before != free.now.C_before and held.difference < 1e-12


def test_a_held_gate_is_held_at_its_step_alone():
    free, held = ask("t=3"), ask("t=3 set=f[3,0]:1")
    assert held.now.C_before == free.now.C_before
    assert pytest.approx(free.now.C_before + held.now.gates[0].value * held.now.gates[2].value) == held.now.C
    assert not ask("t=3 unit=1 set=f[3,0]:1").now.gates[1].held


def in_two(task, t, unit, state, value):
    """The loss of a window cut in two before step t, where the second half begins with one number set; that number."""
    first = task._replace(x=task.x[:t], targets=task.targets[:t])
    begun = forwards_of(first)
    number = torch.tensor(value, dtype=torch.double, requires_grad=True)
    here = torch.arange(begun.states[-1].h.shape[1]) == unit
    start = [torch.where(here, number, part) if name == state else part
             for name, part in begun.states[-1]._asdict().items()]  # fmt: skip
    then = forwards_of(task._replace(x=task.x[t:], targets=task.targets[t:], start=start))
    return (t * begun.loss + (len(task.x) - t) * then.loss) / len(task.x), then, number


@pytest.mark.parametrize(("form", "state"), [*((form, "h") for form in FORMS), *((form, "C") for form in FORMS[1:4])])
def test_a_state_is_held_as_a_step_begins_and_the_gradient_stops_there(form, state):
    free, held = (ask(f"{form} t=3 unit=1{more}") for more in ("", f" set={state}_before[3,1]:0.25"))
    loss, then, number = in_two(fresh(parse(f"cell {form}")).task, 3, 1, state, 0.25)
    (gradient,) = torch.autograd.grad(loss, number)
    walk, before = held.now, f"{state}_before"
    assert held.baseline == free.now and held.difference < 1e-12
    assert walk.loss == pytest.approx(loss.item(), abs=1e-15)
    assert walk.h == pytest.approx(then.states[1].h[0, 1].item(), abs=1e-15) and walk.h != free.now.h
    assert (walk.h_before[1] if state == "h" else walk.C_before) == 0.25
    assert getattr(walk, f"d{before}") == pytest.approx(gradient.item(), abs=1e-15)
    check_every_number(held)
    earlier, other = (ask(f"{form} t=2 unit={unit} set={before}[3,1]:0.25") for unit in (1, 0))
    assert getattr(earlier.now, f"d{state}_carried") == 0.0 != getattr(other.now, f"d{state}_carried")
    assert earlier.now.h == ask(f"{form} t=2 unit=1").now.h  # what it said itself is as it was
    check_every_number(earlier)


def test_a_held_state_is_told():
    held, earlier = (ask(f"t={t} set=C_before[3,0]:0,h_before[3,1]:0.5") for t in (3, 2))
    assert explain(held, "before", 0, "C(t-1)") == "C(t-1) = 0.0000, held as this step begins   (untouched 0.3880)"
    assert "what unit 0 said one step ago" in explain(held, "before", 0, "h(t-1)")
    assert explain(held, "h0", 0, "1") == "h(t-1) of unit 1 = 0.5000, held as this step begins"
    assert "C(t-1) is held, so nothing goes further back" in explain(held, "states", 1, "to t-1")
    assert explain(earlier, "states", 1, "carried").startswith("dC carried: 0, for step 3 begins with a C that is held")
    assert "held" not in explain(earlier, "states", 0, "carried")


@pytest.mark.parametrize("form", FORMS)
def test_edits_of_inputs_weights_and_biases(form):
    gate = ask(form).now.gates[-1].name
    trace = ask(f"{form} t=2 set=x[2]:2,W_{gate}[0,0]:3,b_{gate}[0]:0.5,U_{gate}[0,1]:0.25")
    found = trace.now.gates[-1]
    assert (trace.now.x, found.W, found.b, found.U[1]) == ([2.0], [3.0], pytest.approx(0.5), 0.25)
    assert trace.difference < 1e-12


@pytest.mark.parametrize(("peephole", "place"), [("full", "[1,2]"), ("diagonal", "[1]")])
@pytest.mark.parametrize("gate", ["i", "f", "o"])
def test_edits_of_peepholes(peephole, place, gate):
    free = ask(f"peephole={peephole} unit=1 t=3")
    trace = ask(f"peephole={peephole} unit=1 t=3 set=P_{gate}{place}:0.5")
    row, seen = (next(each for each in found.now.gates if each.name == gate) for found in (trace, free))
    assert ([*seen.P[:2], 0.5] if peephole == "full" else [0.5]) == row.P
    of = trace.now.C_all if gate == "o" else trace.now.C_all_before
    heard = sum(p * C for p, C in zip(row.P, of if peephole == "full" else [of[1]], strict=True))
    assert pytest.approx(heard, abs=1e-12) == row.PC and row.PC != seen.PC
    assert trace.difference < 1e-12


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("set=P_f[0]:1", "^cell: set: there is no P_f to set. There are: i, f, g, o, h_before, C_before, x, W_i"),
        ("peephole=full set=P_g[0,0]:1", "there is no P_g to set. .* P_i, P_f, P_o"),
        ("peephole=diagonal set=P_f[0,0]:1", r"P_f\[0,0\] is not a place of P_f; its places are \[0 to 2\]"),
        ("unit=3", "unit=3 is not allowed: the units go from 0 to 2"),
        ("cell=gru clamp=f:1", "this cell has no gate f, but r, z, n"),
        ("clamp=peepholes:0", "is for an LSTM with peepholes"),
        ("set=q[0,0]:1", "there is no q to set. There are: i, f, g, o, h_before, C_before, x, W_i"),
        ("set=f[8,0]:1", r"f\[8,0\] is not a place of f; its places are \[0 to 7, 0 to 2\]"),
        ("set=f[1,0]:7", r"f\[1,0\]:7.0 is not allowed: f is from 0 to 1"),
        ("set=g[1,0]:-1.5", "g is from -1 to 1"),
        ("set=h_before[1,0]:-1.5", "h_before is from -1 to 1"),
        ("cell=gru set=C_before[1,0]:0", "there is no C_before to set. There are: r, z, n, h_before, x"),
        ("set=said[1]:0", "there is no said to set. There are: i, f, g, o, h_before, C_before, x, W_i"),
        ("set=C_before[1,3]:0", r"C_before\[1,3\] is not a place of C_before; its places are \[0 to 7, 0 to 2\]"),
        ("model=last", "no forecast is kept yet; train one"),
        ("at=99", "at=99 is a step of a model's training; name one, as model=last"),
        ("model=20260101-000000.000000-forecast", "there is no kept run"),
    ],
)
def test_bad_input_is_one_sentence(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        ask(text)


def test_a_large_cell_over_many_steps_does_not_fill_the_memory():
    task = fresh(parse("cell hidden=32 length=200")).task
    passed = forwards_of(task)
    back = backwards_of(task, passed, 3)
    kept = sum(part.untyped_storage().nbytes() for term in back.terms for part in term if part is not None)
    assert kept < 700_000  # all terms would be 6.9 MB

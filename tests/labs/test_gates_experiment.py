"""The maps of the gates lab are what the cell lab shows of each unit and step."""

import pytest

from tests.labs.test_cell_experiment import FORMS, keep
from tuilab.labs.cell.experiment import answer as look
from tuilab.labs.gates.experiment import answer
from tuilab.labs.gates.spec import MAPS
from tuilab.labs.spelling import parse


@pytest.mark.parametrize("form", FORMS)
def test_every_number_is_that_of_the_cell_lab(form):
    trace = answer(parse(f"gates {form} hidden=4 length=8"))
    assert tuple(each.name for each in trace.maps) == MAPS[trace.cell]
    for unit, t in ((0, 0), (3, 7), (1, 4)):
        walk = look(parse(f"cell {form} hidden=4 length=8 unit={unit} t={t}")).now
        there = {gate.name: gate.value for gate in walk.gates} | {"C": walk.C, "h": walk.h}
        for each in trace.maps:
            assert (len(each.values), len(each.values[0])) == (4, 8)
            assert each.values[unit][t] == pytest.approx(there[each.name], abs=1e-12)
        assert trace.said[t] == pytest.approx(walk.prediction, abs=1e-12)
        assert trace.loss == pytest.approx(walk.loss, abs=1e-12)


def test_a_trained_stack_shows_its_own_input_beside_its_top_layer():
    keep("forecast hidden=4 length=6 batch=2 layers=2", 5)
    trace = answer(parse("gates model=last length=6 first=3"))
    assert trace.x == pytest.approx([0.295520, 0.389418, 0.479426, 0.564642, 0.644218, 0.717356], abs=1e-5)
    assert "its top layer" in trace.about and trace.snapshots[0] == 0
    lowest = answer(parse("gates model=last length=6 first=3 layer=0"))
    assert "its layer 0 of 0 to 1" in lowest.about and lowest.said == pytest.approx(trace.said, abs=1e-12)
    assert lowest.maps != trace.maps


def test_a_form_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="gates: peephole=full is for cell=lstm"):
        parse("gates cell=gru peephole=full")

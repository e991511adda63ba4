"""What is marked as the sources of a number: exactly what it is computed from."""

import pytest

from tuilab.labs import spelling
from tuilab.labs.cell.blocks import backwards, forwards
from tuilab.labs.cell.experiment import answer
from tuilab.labs.cell.sources import sources
from tuilab.labs.cell.spec import CellTrace
from tuilab.widgets.blocks import Block, Cell
from tuilab.widgets.narrow import narrowed


def _trace(setting: str) -> CellTrace:
    return answer(spelling.parse(f"cell {setting} t=3"))


def _blocks(trace: CellTrace, way: str = "forwards") -> dict[str, Block]:
    bands = forwards(trace, trace.now, 9) if way == "forwards" else backwards(trace, trace.now)
    return {block.name: block for band in bands for block in band}


def _at(blocks: dict[str, Block], block: str, row: str, column: str) -> Cell:
    names = blocks[block]
    return Cell(block, list(names.row_names).index(row) if row else 0, list(names.column_names).index(column))


def _values(blocks: dict[str, Block], cells: list[Cell]) -> list[float]:
    return [blocks[cell.block].values[cell.row][cell.column] or 0.0 for cell in cells]


@pytest.mark.parametrize("setting", ["cell=rnn", "cell=lstm", "peephole=full", "peephole=diagonal", "cell=gru"])
def test_a_sum_is_that_of_its_sources(setting: str) -> None:
    trace = _trace(setting)
    blocks = _blocks(trace)
    for gate in trace.now.gates:
        place = _at(blocks, "gates", gate.name, "sum")
        assert sum(_values(blocks, sources(trace, place, blocks))) == pytest.approx(gate.sum, abs=1e-6)


@pytest.mark.parametrize(
    ("setting", "place", "expected"),
    [
        ("cell=lstm", ("gates", "f", "gate"), [("gates", "f", "sum")]),
        ("cell=lstm", ("gates", "f", "W·x"), [("before", "", "x")]),
        ("cell=lstm", ("gates", "f", "U·h"), [("before", "", "h(t-1)")]),
        ("cell=lstm", ("after", "", "h"), [("gates", "o", "gate"), ("after", "", "tanh C")]),
        ("peephole=full", ("gates", "i", "P·C"), [("before", "", "C(t-1)")]),
        ("peephole=full", ("gates", "o", "P·C"), [("after", "", "C")]),
        ("cell=gru", ("gates", "n", "U·h"), [("before", "", "h(t-1)"), ("gates", "r", "gate")]),
        ("cell=gru", ("after", "", "h"), [("gates", "z", "gate"), ("gates", "n", "gate"), ("before", "", "h(t-1)")]),
        ("cell=lstm", ("read-out", "", "error"), [("read-out", "", "said"), ("read-out", "", "target")]),
        ("cell=rnn", ("read-out", "", "said"), [("gates", "h", "gate")]),
        ("cell=lstm", ("before", "", "x"), []),
    ],
)
def test_forwards(setting: str, place: tuple[str, str, str], expected: list[tuple[str, str, str]]) -> None:
    trace = _trace(setting)
    blocks = _blocks(trace)
    assert sources(trace, _at(blocks, *place), blocks) == [_at(blocks, *each) for each in expected]


def test_a_new_cell_state_is_two_products_of_its_sources() -> None:
    trace = _trace("cell=lstm")
    blocks = _blocks(trace)
    f, C_before, i, g = _values(blocks, sources(trace, _at(blocks, "after", "", "C"), blocks))
    assert f * C_before + i * g == pytest.approx(trace.now.C, abs=1e-6)


@pytest.mark.parametrize("setting", ["cell=rnn", "cell=lstm", "cell=gru"])
def test_backwards(setting: str) -> None:
    trace = _trace(setting)
    blocks = _blocks(trace, "backwards")
    own_and_carried = sources(trace, _at(blocks, "states", "dh", "total"), blocks)
    assert sum(_values(blocks, own_and_carried)) == pytest.approx(trace.now.dh_own + trace.now.dh_carried, abs=1e-6)
    for gate in trace.now.gates:
        d, slope = _values(blocks, sources(trace, _at(blocks, "back", gate.name, "da"), blocks))
        assert d * slope == pytest.approx(gate.back.da, abs=1e-6)


def _back(setting: str, place: tuple[str, str, str]) -> tuple[CellTrace, list[float]]:
    trace = _trace(setting)
    blocks = _blocks(trace, "backwards")
    return trace, _values(blocks, sources(trace, _at(blocks, *place), blocks))


def test_the_gradient_of_a_gate_is_a_product_of_its_sources() -> None:
    for gate in "ig":
        trace, (dC, partner) = _back("cell=lstm", ("back", gate, "d gate"))
        (own,) = (each for each in trace.now.gates if each.name == gate)
        assert dC * partner == pytest.approx(own.back.d, abs=1e-6)
    trace, (dh, z) = _back("cell=gru", ("back", "n", "d gate"))
    assert dh * z == pytest.approx(trace.now.gates[2].back.d, abs=1e-6)


def test_the_reset_gate_is_reached_through_the_candidate() -> None:
    trace, (da_n,) = _back("cell=gru", ("back", "r", "d gate"))
    assert trace.now.m is not None
    assert da_n * trace.now.m == pytest.approx(trace.now.gates[0].back.d, abs=1e-6)


def test_what_goes_back_along_the_cell_state() -> None:
    trace, (dC, f) = _back("cell=lstm", ("states", "dC", "to t-1"))
    assert dC * f == pytest.approx(trace.now.dC_before, abs=1e-6)
    trace, (dC, f, da_i, da_f) = _back("peephole=diagonal", ("states", "dC", "to t-1"))
    P_i, P_f = (trace.now.gates[at].P[0] for at in (0, 1))
    assert dC * f + P_i * da_i + P_f * da_f == pytest.approx(trace.now.dC_before, abs=1e-6)


def test_where_tanh_c_is_left_out_c_is_marked() -> None:
    trace = _trace("cell=lstm")
    bands = narrowed(forwards(trace, trace.now, 9), 40)
    blocks = {block.name: block for band in bands for block in band}
    assert blocks["after"].left_out
    found = sources(trace, _at(blocks, "after", "", "h"), blocks)
    assert found == [_at(blocks, "gates", "o", "gate"), _at(blocks, "after", "", "C")]


def test_what_is_not_computed_yet_is_not_marked() -> None:
    trace = _trace("cell=lstm")
    blocks = {block.name: block for band in forwards(trace, trace.now, 1) for block in band}
    assert sources(trace, _at(blocks, "after", "", "C"), blocks) == [
        _at(blocks, "before", "", "C(t-1)"),
        _at(blocks, "gates", "i", "gate"),
    ]

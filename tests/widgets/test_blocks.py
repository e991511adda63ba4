import pytest

from tuilab.widgets.blocks import Block, Cell, find, lay_out, neighbour, short
from tuilab.widgets.narrow import narrowed


def rows(canvas) -> list[str]:
    lines = []
    for pieces in canvas:
        line = ""
        for piece in pieces:
            line = line.ljust(piece.x)[: piece.x] + piece.text
        lines.append(line)
    return lines


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "·"), (0.5, "0.50"), (-0.001, "0.00"), (-12.344, "-12.34"), (999.999, "1000.0"), (-1234.5, "-1234"),
        (12345.6, "1e4"), (-123456.0, "-1e5"), (1e-9, "0.00"), (-0.0, "0.00"),
    ],
)  # fmt: skip
def test_numbers_are_short(value, text):
    assert short(value) == text and len(text) <= 6


def test_numbers_line_up_under_their_title():
    canvas = lay_out([[Block("X", [[0.5, -0.25], [10.0, None]]), Block("Wx", [[1.0], [2.0]])]])
    assert rows(canvas) == [
        " X 2×2          Wx 2×1",
        "  0.50 -0.25     1.00",
        " 10.00     ·     2.00",
    ]


def test_an_old_value_stands_below_its_number():
    canvas = lay_out([[Block("X", [[0.5, -0.25]], old={(0, 1): 3.0})]])
    assert rows(canvas)[2] == "       (3.00)"
    assert [piece.role for piece in canvas[1]] == ["number", "changed"]


def test_single_digits_of_a_compact_block_need_less_room():
    block = Block("X", [[0, 1, 0, 0]], row_names=["red"], compact=True)
    assert rows(lay_out([[block]]))[1] == " red  0  1  0  0"


def test_the_cursor_goes_from_block_to_block():
    canvas = lay_out([[Block("A", [[1.0, 2.0]]), Block("B", [[3.0]])], [Block("C", [[4.0]])]])
    assert neighbour(canvas, Cell("A", 0, 1), 1, 0) == Cell("B", 0, 0)
    assert neighbour(canvas, Cell("B", 0, 0), 1, 0) == Cell("B", 0, 0)
    assert neighbour(canvas, Cell("A", 0, 0), 0, 1) == Cell("C", 0, 0)
    assert neighbour(canvas, Cell("C", 0, 0), 0, -1) == Cell("A", 0, 0)
    assert find(canvas, Cell("Z", 0, 0)) is None


@pytest.mark.parametrize("how", [{"compact": True}, {"precise": True}, {"heat": True}])
def test_a_zero_has_no_sign(how):
    assert rows(lay_out([[Block("X", [[-0.0, -0.0]], show_shape=False, **how)]]))[1].split() == ["0", "0"]


def test_where_it_is_narrow_columns_are_spared_and_blocks_go_below():
    first = Block("A", [[1.0, 2.0, 3.0]], "A", (), ("a", "b", "c"), {(0, 2): 4.0}, show_shape=False, spare=(1, 0))
    second = Block("B", [[5.0]], "B", (), ("d",), show_shape=False)
    assert rows(lay_out(narrowed([[first, second]], 40))) == rows(lay_out([[first, second]]))
    canvas = lay_out(narrowed([[first, second]], 24))
    assert rows(canvas) == [" A              B", "     a     c        d", "  1.00  3.00     5.00", "       (4.00)"]
    assert neighbour(canvas, Cell("A", 0, 0), 1, 0) == Cell("A", 0, 2)
    assert rows(lay_out(narrowed([[first, second]], 12))) == [
        " A", "     c", "  3.00", " (4.00)", "", " B", "     d", "  5.00"
    ]  # fmt: skip


def test_names_of_numbers_are_read():
    assert Cell.parse("X·Wx[1,2]") == Cell("X·Wx", 1, 2) and Cell.parse("X[0][1,2]") == Cell("X[0]", 1, 2)
    assert Cell.parse("") is None and Cell.parse("X[1]") is None


def test_old_values_side_by_side_keep_their_brackets():
    old = {(0, 0): -0.94, (0, 1): -1.15, (0, 2): -0.82}
    *_, line = rows(lay_out([[Block("g", [[0.1, 0.2, 0.3]], old=old, show_shape=False)]]))
    assert line.strip() == "(-0.94)(-1.15)(-0.82)"


def test_rows_that_go_on_in_the_block_beside_stay_level_under_old_values() -> None:
    left = Block("u", [[1.0], [2.0], [3.0]], row_names=("a", "b", "c"), show_shape=False)
    right = Block("s", [[4.0], [5.0], [6.0]], old={(1, 0): 9.0}, show_shape=False, level=True)
    canvas = lay_out([[left, right]])
    rows = [y for y, line in enumerate(canvas) if len({piece.cell.row for piece in line if piece.cell}) == 1]
    assert rows == [1, 2, 4] and find(canvas, Cell("u", 2, 0))[1] == find(canvas, Cell("s", 2, 0))[1] == 4
    apart = lay_out([[left, Block("s", right.values, old=right.old, show_shape=False)]])
    assert find(apart, Cell("u", 2, 0))[1] == 3

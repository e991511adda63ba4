import pytest

from tuilab.widgets.heatmap import BROKEN, GLYPHS, NOUGHT, Row, Scale, axis, cell_text, largest, layout, scale


def test_the_scale_is_whole_decades_around_all_numbers() -> None:
    assert scale([Row(1, [2e-7, 3.0]), Row(2, [None, 0.0])]) == Scale(-7, 1)
    assert scale([Row(1, [1.0, 2.0])]) == Scale(-2, 1)  # three decades at least, or small changes look large
    assert scale([]) == Scale(-3, 0)


def test_levels_rise_with_the_numbers_and_tell_nought_and_what_is_not_finite() -> None:
    made = Scale(-9, 0)
    assert [made.level(10.0**power) for power in range(-9, 1)] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 8]
    assert made.level(0.0) == NOUGHT and made.level(None) == BROKEN
    assert [cell_text(1.0, level, 2) for level in range(len(GLYPHS))] == [2 * glyph for glyph in GLYPHS]
    assert cell_text(0.0, NOUGHT, 2) == "  " and cell_text(None, BROKEN, 2) == "!!"


def test_a_wide_cell_holds_the_exponent() -> None:
    assert cell_text(3.2e-13, 0, 5) == " -13 " and cell_text(1.0, 8, 5) == "   0 "
    assert cell_text(0.0, NOUGHT, 5) == " 0.0 " and cell_text(None, BROKEN, 5) == "   ! "


@pytest.mark.parametrize(("count", "room"), [(20, 69), (50, 69), (200, 69), (200, 109), (2, 69), (5, 20), (200, 1)])
def test_all_columns_have_room(count: int, room: int) -> None:
    made = layout(count, room)
    places = [made.at(column) for column in range(count)]
    assert places == sorted(places) and places[-1] + made.cells <= max(room, 1)
    assert all(column in made.group_of(column) for column in range(count))
    ticks = axis(count, made, count - 1)
    assert ticks.count("^") == 1 and len(ticks) <= max(room, 1)


def test_no_number_of_the_axis_is_cut_by_the_arrow() -> None:
    made = layout(20, 69)
    assert "20" in axis(20, made, 5) and "0" not in axis(20, made, 19).split("^")[1]


def test_the_largest_of_several_stands_for_them() -> None:
    assert largest([1.0, 3.0, 2.0]) == 3.0 and largest([1.0, None]) is None and largest([0.0]) == 0.0

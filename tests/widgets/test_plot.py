import math

import plotext
import pytest

from tuilab.widgets.chart import chart_rows
from tuilab.widgets.decimate import between
from tuilab.widgets.paint import paint
from tuilab.widgets.plot import Figure, Line, decades, draw, nice_ticks

NAN, INF = math.nan, math.inf


@pytest.fixture(autouse=True)
def drawn_anew():
    """Nothing is looked up that another test has drawn."""
    paint.cache_clear()


def text(rows) -> list[str]:
    return ["".join(piece for piece, _ in row) for row in rows]


def test_a_falling_line_falls():
    rows = text(draw(Figure("f", "x", (Line("l", range(100), [100 - i for i in range(100)]),)), 40, 10))
    marks = [(row.index(mark), y) for y, row in enumerate(rows) for mark in row if "\u2800" < mark <= "\u28ff"]
    assert marks and sorted(marks) == sorted(marks, key=lambda m: m[1])


@pytest.mark.parametrize("width,height", [(14, 4), (30, 8), (78, 20), (200, 60)])
@pytest.mark.parametrize(
    "ys",
    [[], [1.0], [1.0, 1.0], [NAN, NAN], [NAN, 1, INF, 2, -INF], [1e-30, 1e30], [0.0, -1.0], [5e8] * 3, [1e-9, 2e-9]],
)
@pytest.mark.parametrize("log", [False, True])
def test_bad_and_odd_data_draw_something_of_the_right_size(width, height, ys, log):
    figure = Figure("f", "x", (Line("l", range(len(ys)), ys),), log=log, levels=(("clip", 1.0),))
    rows = text(draw(figure, width, height))
    assert len(rows) <= height and all(len(row) <= width for row in rows)
    assert any("└" in row or "│" in row or "┤" in row for row in rows)


def test_empty_axes_have_ticks():
    rows = text(draw(Figure("f", "step", x_range=(0, 800), log=True), 40, 10))
    assert "500" in rows[-1] and any("1e" in row for row in rows)


def test_series_differ_by_marker_and_by_colour_number():
    xs = list(range(10))
    lines = (Line("truth", xs, [1.0] * 10), Line("said", xs, [2.0] * 10, "dots", 2))
    pieces = [piece for row in draw(Figure("f", "x", lines), 40, 10) for piece in row if piece[1]]
    assert {colour for _, colour in pieces} == {1, 2}
    assert all(("•" in piece) == (colour == 2) for piece, colour in pieces)


def test_title_legend_and_name_of_the_axis_stand_around_the_canvas():
    lines = (Line("truth", [0, 1], [0, 1]), Line("said", [0, 1], [1, 0], "dots", 2))
    rows = text(chart_rows(Figure("one step ahead", "x", lines), 60, 9))
    assert rows[0].startswith("one step ahead") and "── truth" in rows[0] and "•• said" in rows[0]
    assert rows[-1].startswith("x ") and len(rows) == 9
    assert text(chart_rows(Figure("f", "step", x_range=(0, 899)), 60, 9))[-1].endswith("800 step")


@pytest.mark.parametrize("look,most", [("dots", 200), ("line", 50 * 9)])
def test_of_a_million_points_few_are_left_to_plotext(monkeypatch, look, most):
    seen = []
    monkeypatch.setattr("tuilab.widgets.paint.plotext.scatter", lambda xs, ys, **kw: seen.append(len(xs)))
    draw(Figure("f", "x", (Line("l", range(1_000_000), [0.5] * 1_000_000, look),)), 50, 9)
    assert 0 < max(seen) <= most


def test_a_chart_is_as_wide_as_was_asked_also_where_the_terminal_was_smaller_once(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "10")
    rows = text(draw(Figure("f", "x", (Line("l", range(10), range(10)),)), 100, 30))
    assert len(rows) == 30 and max(map(len, rows)) == 100


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 2000), (-1.2, 1.2), (30.1, 36), (1e-9, 2e-9), (5, 5)])
def test_ticks_are_round_and_inside(low, high):
    ticks = nice_ticks(low, high, 4)
    assert 1 <= len(ticks) <= 6 and all(low - 1e-9 <= tick <= high + 1e-9 for tick in ticks)


def test_decades_are_whole_powers():
    assert decades(-4.2, 0.3, 6) == [-4, -3, -2, -1, 0]
    assert decades(-7, 1, 3) == [-7, -4, -1]
    assert decades(-5, 0, 3, -2.0) == [-4, -2, 0] and decades(-5, 0, 3) == [-5, -3, -1]
    assert decades(-5, 0, 3, -2.5) == [-5, -3, -1]
    assert decades(-7, 2, 2) == [-7, 2] and decades(-1, 0, 2) == [-1, 0]
    assert len(decades(-300, 300, 8)) <= 8


def test_in_ascii_series_differ_by_their_marks():
    lines = (Line("truth", [0, 1], [0, 1]), Line("prediction", [0, 1], [1, 0], "dots", 2))
    figure = Figure("both", "x", lines, levels=(("half", 0.5),))
    text = "\n".join("".join(piece for piece, _ in row) for row in chart_rows(figure, 40, 12, ascii_only=True))
    assert "** truth" in text and "oo prediction" in text and "---" in text
    assert not any("\u2800" <= character <= "\u28ff" for character in text)


@pytest.mark.parametrize("count", [2, 4, 9, 120])
@pytest.mark.parametrize("width", [30, 55, 74, 115])
def test_series_that_take_turns_are_all_seen_where_they_are_the_same(count, width):
    xs, ys = [float(x) for x in range(count)], [2.0**-x for x in range(count)]
    looks = ("crosses", "line", "dots", "pluses")
    lines = tuple(Line(look, xs, ys, look, number) for number, look in enumerate(looks, 1))
    drawn = Figure("f", "x", lines, (0, count - 1), log=True, turns=True)
    seen = {colour for row in draw(drawn, width, 10) for text, colour in row if colour and text.strip()}
    assert seen == {1, 2, 3, 4}


def test_marks_between_points_stand_on_the_line_through_them():
    assert between([1.0, 3.0, 4.0], [0.0, 2.0, 0.0], [0.0, 1.0, 2.5, 3.5, 4.0, 5.0]) == (
        [1.0, 2.5, 3.5, 4.0],
        [0.0, 1.5, 1.0, 0.0],
    )
    assert between([2.0], [5.0], [1.0, 2.0]) == ([2.0], [5.0]) and between([], [], [1.0]) == ([], [])


@pytest.mark.parametrize("height", [7, 8, 9, 14])
def test_marks_stand_in_the_rows_of_a_line_that_has_the_same_values(height):
    level = [0.01 * each - 1 for each in range(201)]
    for value in level:
        line, mark = Line("line", [0, 1], [value, value]), Line("marks", [0, 1], [value, value], "dots")
        with_mark, alone = (
            [y for y, row in enumerate(text(draw(Figure("f", "x", lines, (0, 1), (-1.2, 1.2)), 30, height))) if at(row)]
            for lines, at in (((line, mark), lambda row: "•" in row), ((line,), lambda row: max(row) > "\u2800"))
        )
        assert with_mark == alone and len(alone) == 1, value


@pytest.mark.parametrize(
    ("width", "headline"),
    [
        (60, "how good   ── analogies   •• similarity"),
        (30, "── analogies   •• similarity"),
        (20, "how good   ── analogies   •• similarity"),  # cut by the chart
    ],
)
def test_where_there_is_no_room_for_title_and_series_the_series_are_named(width, headline):
    lines = (Line("analogies", [1, 2], [0, 1]), Line("similarity", [1, 2], [0, 1], "dots", 2))
    assert text(chart_rows(Figure("how good", "step", lines), width, 9))[0] == headline


def test_a_single_series_keeps_its_title():
    assert text(chart_rows(Figure("a long title", "step", (Line("a", [1], [1]),)), 8, 9))[0] == "a long title"


def test_nothing_of_one_figure_is_left_in_the_next():
    plain = Figure("f", "x", (Line("l", range(9), range(9)),), y_range=(0.0, 9.0))
    full = Figure("g", "x", (Line("l", [1, 2], [1, 1e5], "dots", 2),), log=True, levels=(("clip", 10.0),))
    alone = []
    for figure, size in ((plain, (60, 12)), (full, (40, 20))):
        plotext.clear_figure()
        alone.append(draw(figure, *size))
    paint.cache_clear()
    assert [draw(plain, 60, 12), draw(full, 40, 20)] == alone
    paint.cache_clear()
    assert draw(plain, 60, 12) == alone[0]


def test_what_is_as_it_was_is_not_drawn_again(monkeypatch):
    figure = Figure("f", "x", (Line("l", [0, 1], [0.0, 1.0]),), y_range=(0.0, 2.0))
    first = draw(figure, 40, 10)
    monkeypatch.setattr("tuilab.widgets.paint.plotext.build", lambda: pytest.fail("it was drawn again"))
    assert draw(figure, 40, 10) == first


@pytest.mark.parametrize("look", ["line", "dots"])
@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("turns", [False, True])
def test_labels_that_leave_no_room_for_a_canvas_leave_it_out(look, ascii_only, turns):
    figure = Figure("f", "x", (Line("l", [0, 1], [-1234567890.0, 1.0], look),), turns=turns, levels=(("a", 0.0),))
    for width in (13, 14, 15):
        rows = text(draw(figure, width, 4, ascii_only))
        assert len(rows) <= 4 and all(len(row) <= width for row in rows)


def test_an_upright_goes_through_the_chart_and_a_foot_stands_at_its_lowest_row():
    line = Line("", [0.0, 10.0], [5.0, 5.0])
    figure = Figure("t", "step", (line,), (0, 10), (0, 10), uprights=(5.0, 99.0), feet=(0.0, 10.0))
    rows = text(draw(figure, 40, 12))
    places = [[at for at, mark in enumerate(row) if mark == "│" and at > 5] for row in rows[:10]]
    assert sorted(map(len, places)) == [0] + [1] * 9  # the line covers it in one row
    assert len({at for row in places for at in row}) == 1
    assert rows[9].count("▴") == 2 and not any("▴" in row for row in rows[:9])
    plain = text(draw(figure, 40, 12, ascii_only=True))
    assert "|" in plain[0] and plain[9].count("^") == 2


def test_within_one_power_of_ten_a_logarithmic_axis_has_round_numbers():
    figure = Figure("t", "step", (Line("", [0.0, 1.0], [0.0021, 0.0039]),), y_range=(-2.7, -2.4), log=True)
    labels = [row.partition("┤")[0] for row in text(draw(figure, 40, 12)) if "┤" in row]
    assert len(labels) >= 3 and all(0.0019 < float(label) < 0.004 for label in labels)

"""Our lines are plotext's, to the dot."""

import random
import re

import plotext
import pytest

from tuilab.widgets.raster import line_marks

RANGES = (0.0, 10.0), (-2.0, 2.0)


def _by_plotext(put, xs, ys, marker, canvas: tuple[int, int]) -> list[str]:
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.theme("clear")
    plotext.plotsize(*canvas)
    plotext.xlim(*RANGES[0])
    plotext.ylim(*RANGES[1])
    plotext.xaxes(False, False)
    plotext.yaxes(False, False)
    plotext.xticks([], [])
    plotext.yticks([], [])
    put(xs, ys, marker=marker)
    return re.sub(r"\x1b\[[\d;]*m", "", plotext.build()).splitlines()


@pytest.mark.parametrize("mark", ["braille", "*"])
@pytest.mark.parametrize("seed", range(20))
def test_a_line_is_drawn_as_plotext_draws_it_also_outside_of_the_ranges(mark: str, seed: int) -> None:
    chance = random.Random(seed)
    canvas, count = (chance.randint(14, 300), chance.randint(4, 60)), chance.choice([1, 2, 3, 40, 400])
    xs = [chance.gauss(5, 3) for _ in range(count)]
    xs = xs if seed % 3 else sorted(xs)
    ys = [chance.gauss(0, 1) for _ in range(count)]
    theirs = _by_plotext(plotext.plot, xs, ys, mark, canvas)
    assert _by_plotext(plotext.scatter, *line_marks((xs, ys), RANGES, canvas, mark), canvas) == theirs


def test_a_line_that_goes_very_far_away_is_drawn_as_far_as_it_is_seen() -> None:
    xs, ys, _ = line_marks(([0.0, 10.0, 10.0], [0.0, 0.0, 1e300]), RANGES, (30, 9), "*")
    assert len(set(xs)) == 30 and max(ys) == 2.0


def test_points_at_one_place_are_one_dot() -> None:
    assert line_marks(([5.0] * 3, [0.0] * 3), RANGES, (11, 5), "braille")[2] == ["⠐"]
    assert line_marks(([5.0] * 3, [0.0] * 3), RANGES, (11, 5), "*") == ([5.0], [0.0], ["*"])

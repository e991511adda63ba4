"""What the forecast lab shows of a learner's own series: two charts."""

from tuilab.labs.forecast.report import Report
from tuilab.labs.forecast.spec import ForecastView
from tuilab.labs.forecast.told import unit_of
from tuilab.widgets.plot import Figure, Line

_LOOKS = {"training": ("train", "line", 1), "validation": ("valid.", "dots", 4), "held out": ("held out", "crosses", 2)}


_ASIDE = 0.3  # of a row, so that no mark covers another


def whole(report: Report | None) -> Figure:
    """The series, each of its parts with marks of its own."""
    if report is None:
        return Figure("the series", "row")
    lines, first = list[Line](), 1
    for part in report.parts:
        name, look, colour = _LOOKS[part.part]
        drawn = slice(max(0, first - report.rows[0]), max(0, first + part.rows - report.rows[0]))
        lines.append(Line(name, report.rows[drawn], report.values[drawn], look, colour))
        first += part.rows
    ends = float(report.rows[0]), float(report.rows[-1])
    return Figure(f"{unit_of(report.column)}, {report.distance}", report.row, tuple(lines), ends, counted=True)


def held_out(report: Report | None, view: ForecastView | None, step: int | None = None) -> Figure:
    """The held-out rows: the truth, and what was forecast of them; `step` is the moment that is looked at."""
    if report is None:
        return Figure("held out", "row")
    part = report.parts[-1]
    title = f"held out {part.first} to {part.last}" if step is None else f"held out, after {step:,} steps"
    lines = [Line("truth", report.held_rows, report.held)]
    if view is not None:
        lines.append(Line("one step ahead", [row + _ASIDE for row in view.x], view.predicted, "dots", 2))
        lines.append(Line("free running", report.held_rows, report.free, "crosses", 3))
    if report.season > 1:
        lines.append(Line("seasonal naive", [row - _ASIDE for row in report.held_rows], report.seasonal, "pluses", 4))
    ends = report.held_rows[0] - 0.5, report.held_rows[-1] + 0.5
    return Figure(title, report.row, tuple(lines), ends, counted=True)

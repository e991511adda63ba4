"""A forecast of a learner's own series, as lines."""

from tuilab.labs.forecast.report import Report, Score
from tuilab.labs.forecast.verdict import amount

_LONGEST_UNIT = 16
_WAYS = ("free running", "one step ahead")


def unit_of(column: str) -> str:
    """The name of the column, which is the unit; not all of a long one."""
    return column if len(column) <= _LONGEST_UNIT else column[: _LONGEST_UNIT - 1] + "…"


def table(report: Report) -> list[str]:
    """The errors of all forecasts of the held-out rows, a line each under two of headings."""
    names = list(dict.fromkeys(score.forecast for score in report.scores))
    by_place = {(score.forecast, score.way): score for score in report.scores}
    heads = "".join(f"{name:>8}" for name in ("MAE", "RMSE", "MASE"))
    lines = ["".join([f"{'held out':<{_LONGEST_UNIT}}", *(f"{way:>24}   " for way in _WAYS)])]
    lines.append(f"{unit_of(report.column):<{_LONGEST_UNIT}}{heads}   {heads}")
    for name in names:
        cells = "   ".join(_cells(by_place[name, way]) for way in _WAYS)
        lines.append(f"{name:<{_LONGEST_UNIT}}{cells}")
    return [line.rstrip() for line in lines]


def found(report: Report) -> str:
    """How the series is read: its parts, the season, and the windows."""
    parts = ", ".join(f"{part.rows:,} {part.part} from {part.first}" for part in report.parts)
    season = f"season {report.season}" if report.season > 1 else "no season"
    return f"{report.name}, {report.distance}, {season}, windows of {report.length}: {parts}"


def _cells(score: Score) -> str:
    mase = "none" if score.mase is None else f"{score.mase:.2f}"
    return f"{amount(score.mae):>8}{amount(score.rmse):>8}{mase:>8}"

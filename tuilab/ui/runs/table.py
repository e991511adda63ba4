"""What stands below the curves: the numbers at the cursor, and what the runs are."""

import math
from collections.abc import Sequence

from rich.style import Style
from rich.text import Text

from tuilab.records.shelf import Row
from tuilab.records.telling import spelled, took, when
from tuilab.ui.runs.curves import MEASURES, RunCurves
from tuilab.ui.runs.differences import defaults, differences, names
from tuilab.ui.runs.figure import TITLES
from tuilab.ui.runs.row import filled

_LABEL = 16  # columns of what a line is about
_MOST_NOTES = 3  # lines of notes


def exact(value: float) -> str:
    """A number with nine digits, which tell every number of 32 bits apart."""
    return f"{value:.9g}".replace("-", "−")


def at_cursor(run: RunCurves, measure: str, step: int) -> str:
    """The value of a step as it is told."""
    found = run.at(measure, step)
    if found is None:
        return "-" if step <= run.steps else "ended"
    low, high = found
    return exact(low) if low == high else f"{low:.4g} to {high:.4g}"


def mean_at_cursor(run: RunCurves, measure: str, step: int, mean: int) -> str:
    """The mean up to a step as it is told."""
    found = run.mean_at(measure, step, mean)
    return "-" if found is None else exact(found)


def readings(runs: Sequence[RunCurves], step: int, mean: int) -> list[tuple[str, list[str]]]:
    """The numbers at the cursor: a line for each measure, then for its mean, where that is drawn."""
    lines = [(TITLES[measure], [at_cursor(run, measure, step) for run in runs]) for measure in MEASURES]
    if mean:
        lines += [
            (f"{'norm' if measure == 'gradient_norm' else measure}, mean {mean}",
             [mean_at_cursor(run, measure, step, mean) for run in runs])
            for measure in MEASURES
        ]  # fmt: skip
    return lines


def one(found: Row, run: RunCurves, step: int, mean: int, moments: Sequence[int]) -> Text:
    """The numbers of one run, then what it is."""
    loss, norm = (at_cursor(run, measure, step) for measure in MEASURES)
    lines = [f"{f'step {step:,}':<{_LABEL + 2}}loss {loss:<24}gradient norm {norm}"]
    if mean:
        loss, norm = (mean_at_cursor(run, measure, step, mean) for measure in MEASURES)
        lines.append(f"{f'mean of {mean}':<{_LABEL + 2}}loss {loss:<24}gradient norm {norm}")
    fate = f"{found.fate} at step {found.step:,}"
    lines += ["", spelled(found), f"{when(found.about.began)}   took {took(found.seconds)}   {fate}"]
    if found.about.sentence:
        lines.append(found.about.sentence)
    if moments:
        lines.append(_moments(moments, step))
    notes = found.label.notes.split("\n") if found.label.notes else []
    lines += [f"{'notes  ' if not at else '       '}{line}" for at, line in enumerate(notes[:_MOST_NOTES])]
    if len(notes) > _MOST_NOTES:
        lines.append(f"       … {len(notes) - _MOST_NOTES} lines more: m shows all")
    return Text("\n".join(lines))


def _moments(moments: Sequence[int], step: int) -> str:
    count = f"{len(moments)} moment{'s' * (len(moments) > 1)} kept, ▴ on the axis"
    if step in moments:
        return f"{count}; b branches from this one, after step {step:,}"
    return f"{count}; [ and ] go through them, b branches from the last"


def legend(rows: Sequence[Row], samples: Sequence[tuple[str, Style]], step: int, width: int) -> Text:
    """The step, and which line is whose."""
    column = _column(width, rows)
    heading = Text(f"{f'step {step:,}':<{_LABEL}}")
    for name, (sample, style) in zip(names(rows), samples, strict=False):
        heading.append(f"{sample} ", style)
        heading.append(f"{filled(name, column - 4)} ", "bold")
    return heading


def several(rows: Sequence[Row], runs: Sequence[RunCurves], step: int, mean: int, width: int) -> Text:
    """A column for each run: the numbers at the cursor, how it ended, then the settings in which they differ."""
    column = _column(width, rows)
    lines = readings(runs, step, mean)
    lines.append(("last loss", ["-" if not _is_number(row.loss) else exact(row.loss or 0.0) for row in rows]))
    lines.append(("fate", [row.fate for row in rows]))
    lines.append(("last step", [f"{row.step:,}" for row in rows]))
    lines += defaults(rows, differences(rows)).items()
    told = (
        f"{filled(name, _LABEL - 2)}  " + "".join(f"{filled(text, column - 2)}  " for text in texts).rstrip()
        for name, texts in lines
    )
    return Text("\n".join(told))


def _column(width: int, rows: Sequence[Row]) -> int:
    return (width - _LABEL) // len(rows)


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)

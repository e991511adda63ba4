"""The charts of what a network generated: where it starts, what it says, how far off it is, how it drifts.

`row` is what a row of a learner's own series is called; empty where it is sin(x).
"""

from tuilab.labs.forecast.genspec import Generate, Generated
from tuilab.widgets.plot import Figure, Line

FURTHEST = 5.0  # times the height of the truth that an axis goes on: the wave would be flat if it went further
LEAST_ERROR = 1e-6  # that is drawn on an axis of powers of ten
HEIGHT = (-1.2, 1.2)


def overview(generated: Generated | None, row: str) -> Figure:
    """The whole series, and the window on it."""
    if generated is None:
        return Figure("the series", row or "x", y_range=None if row else HEIGHT)
    title = "the series, and the window to start from"
    lines = [Line("series" if row else "sin(x)", generated.curve_x, generated.curve)]
    first, count = generated.curve_x[0], generated.prompt
    window, x = generated.values[:count], generated.x[:count]
    if row or window == generated.truth[:count]:
        shown = [place for place, at in enumerate(x) if at >= first]
        lines.append(Line("window", [x[place] for place in shown], [window[place] for place in shown], "crosses", 3))
    uprights = (generated.held - 0.5,) if row else ()
    heights = None if row else HEIGHT
    ends = first, generated.curve_x[-1]
    return Figure(title, row or "x", tuple(lines), ends, heights, uprights=uprights, counted=bool(row))


def series(generated: Generated | None, row: str) -> Figure:
    """The truth, what was given, and what was said in both ways."""
    if generated is None:
        return Figure("generated", row or "x", y_range=None if row else HEIGHT)
    x, count = generated.x, generated.prompt
    said = x[count:]
    lines = [
        Line("truth", x, generated.truth),
        Line("prompt", x[:count], generated.values[:count], "crosses", 3),
        Line("teacher-forced", said, generated.forced, "pluses", 4),
        Line("free running", said, generated.values[count:], "dots", 2),
    ]
    if generated.naive is not None:
        lines[2] = Line(generated.naive.name, said, generated.naive.values, "pluses", 4)
    drawn = tuple(line for line in lines if line.ys)
    truth = generated.truth or list(HEIGHT)
    low, high = (min(truth), max(truth)) if row else HEIGHT
    room = FURTHEST * (high - low) / 2.4
    middle = (high + low) / 2 if row else 0.0
    reach = [*generated.values, *generated.forced] + (generated.naive.values if generated.naive else [])
    heights = max(middle - room, min(low, *reach)), min(middle + room, max(high, *reach))
    uprights = (generated.held - 0.5,) if row and x[0] < generated.held <= x[-1] else ()
    ends = x[0], x[-1]
    return Figure("generated", row or "x", drawn, ends, heights, uprights=uprights, counted=bool(row))


def error(generated: Generated | None, question: Generate, row: str) -> Figure:
    """How far off each point is, free running and teacher-forced."""
    if generated is None or not generated.errors:
        return Figure("error by step", "step")
    steps = range(1, len(generated.errors) + 1)
    truth, forced = generated.truth[generated.own], generated.forced
    apart = [abs(said - true) for said, true in zip(forced, truth, strict=True)]
    lines = (
        Line("free running", steps, _drawable(generated.errors), "dots", 2),
        Line("teacher-forced", steps, _drawable(apart), "pluses", 4),
    )
    levels = () if row else (("lost", question.lost),)
    return Figure("error by step (log)", "step", lines, (1, len(steps)), log=True, levels=levels, counted=True)


def drift(generated: Generated | None) -> Figure:
    """The amplitude's ratio to the true one, and how far the phase runs ahead."""
    found = generated.drift if generated is not None else None
    if generated is None or found is None:
        return Figure("drift: it takes a whole period to tell", "x")
    lines = (
        Line("amplitude (ratio)", found.x, found.amplitude),
        Line("phase ahead (radians)", found.x, found.phase, "dots", 2),
    )
    values = [*found.amplitude, *found.phase, -0.1, 1.1]
    levels = (("true amplitude", 1.0), ("in phase", 0.0))
    heights = min(values), max(values)
    return Figure("drift", "x", lines, (generated.x[generated.prompt], generated.x[-1]), heights, levels=levels)


def _drawable(errors: list[float]) -> list[float]:
    return [max(error, LEAST_ERROR) for error in errors]

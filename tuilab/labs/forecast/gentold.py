"""What a network generated, in sentences."""

from tuilab.labs.forecast.genspec import Generate, Generated, Naive
from tuilab.labs.forecast.told import unit_of
from tuilab.labs.forecast.verdict import amount

NO_TRUTH = "from zeros there is no truth to compare with"
LEAST_AMPLITUDE = 0.05  # of the true one, of which a phase can be told
TAIL = 63  # points, a period of the default series


def told(generated: Generated) -> list[str]:
    """How far off it is both ways, how long it lasted, and how it drifted; of zeros what there is to say.

    Of a learner's own series the naive forecast beside it.
    """
    if generated.naive is not None:
        return _of_own(generated, generated.naive)
    if generated.rmse is None:
        tail = generated.values[generated.own][-TAIL:]
        return [f"{NO_TRUTH}; the last {len(tail)} points lie between {min(tail):.3g} and {max(tail):.3g}"]
    assert generated.forced_rmse is not None
    return [
        f"free running off by {generated.rmse:.3g} (root mean squared), teacher-forced by {generated.forced_rmse:.3g}",
        f"{lasted(generated)} (an error above {generated.lost:g})",
        drifted(generated),
    ]


def lasted(generated: Generated) -> str:
    """How long it was not lost."""
    own, steps = len(generated.values[generated.own]), generated.lasted
    if steps is None:
        return ""
    if steps == own:
        return f"not lost within {_steps(own)}"
    return f"lost after {_steps(steps)}" if steps else "lost at once"


def drifted(generated: Generated) -> str:
    """Amplitude and phase over the last period."""
    if generated.drift is None:
        return "less than a period was generated, or it has too few points: no drift is told"
    amplitude, phase = generated.drift.amplitude[-1], generated.drift.phase[-1]
    if amplitude < LEAST_AMPLITUDE:
        return f"last period: amplitude below {LEAST_AMPLITUDE:g} of the true one, so that it has no phase"
    way = "ahead" if phase > 0 else "behind"
    return f"last period: amplitude {amplitude:.3g} of the true one, phase {abs(phase):.3g} radians {way}"


def _of_own(generated: Generated, naive: Naive) -> list[str]:
    """How far off it is both ways, and the naive forecast."""
    assert generated.rmse is not None and generated.forced_rmse is not None
    unit = unit_of(generated.column)
    ours, theirs = amount(generated.rmse), amount(naive.rmse)
    how = "as good as" if ours == theirs else "worse than" if generated.rmse > naive.rmse else "better than"
    return [
        f"free running off by {ours} {unit} (root mean squared), teacher-forced by {amount(generated.forced_rmse)}",
        f"{how} {naive.name}, which is off by {theirs}",
        _seen(generated),
    ]


def _seen(generated: Generated) -> str:
    """Whether the network was trained on what it was to say."""
    first, last = (int(generated.x[place]) for place in (generated.prompt, -1))
    if first >= generated.held:
        return f"rows {first:,} to {last:,} are held out"
    if last < generated.held:
        return f"rows {first:,} to {last:,} are not held out: it may have been trained on them"
    return f"of rows {first:,} to {last:,} those from {generated.held:,} on are held out"


def prompt(question: Generate, length: int, lag: int | None) -> str:
    """What it is given to start from; `lag` rows of a series of one's own come before its first window."""
    if question.prompt == "zeros":
        return f"{length} zeros"
    if question.prompt == "wave":
        angle = "x" if question.frequency == 1 else f"{question.frequency:g}x"
        moved = f" {'+' if question.phase > 0 else '−'} {abs(question.phase):.3g}" if question.phase else ""
        return f"sin({angle}{moved})"
    first, noun, whole = (
        (question.first, "points", "curve") if lag is None else (question.first + lag + 1, "rows", "series")
    )
    return f"{noun} {first:,} to {first + length - 1:,} of the {whole}"


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count:,} steps"

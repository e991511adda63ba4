"""The milk series, and others, forecast by the lab's defaults: `python -m tests.bench.milk`; about five minutes.

Which settings are the defaults was chosen by rolling origins within 1962 to 1974: each of the years 1970 to 1974 is
forecast from those before it, and a candidate counts by the median over five seeds of the geometric mean over the five
years of its error, divided by that of the seasonal naive forecast. Only then is 1975 measured, once, over ten seeds.
`python -m tests.bench.milk SETTINGS ...` measures other candidates, by rolling origins alone.
"""

import math
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench import series
from tests.bench.report import Row, show
from tuilab.data.open import open_series

YEARS, SEEDS, MORE_SEEDS = range(1970, 1975), range(1, 6), range(1, 11)
CANDIDATES = (
    "",
    "length=36",
    "length=12",
    "noise=0",
    "noise=0.3",
    "hidden=32",
    "steps=400",
    "cell=lstm",
    "validation=0",
    "difference=season",
    "difference=season steps=50",
    "difference=no steps=800",
)
ASKED, BEYOND = 1.2, 1.5


def scores(path: Path | str, settings: str, seed: int) -> tuple[dict[tuple[str, str], float], str]:
    """The errors of the held-out rows once the lab has trained on a file, by forecast and way; and what is said."""
    from tuilab.labs.direct import experiment
    from tuilab.labs.spelling import parse

    spec = parse(f"forecast data={path} {settings} seed={seed}")
    run = experiment(spec).Training(spec)
    while run.step < run.total:
        run.advance()
    report = run.view().data
    return {(each.forecast, each.way): each.rmse for each in report.scores}, report.verdict


def ratio(path: Path | str, settings: str, seed: int) -> float:
    """The free-running error, divided by that of the seasonal naive forecast."""
    found, _ = scores(path, settings, seed)
    return found["network", "free running"] / found["seasonal naive", "free running"]


def rolling(folder: Path, settings: str) -> Row:
    """One candidate by rolling origins; 1975 is in none of these files."""
    milk = open_series("milk")
    by_year = dict[int, list[float]]()
    for year in YEARS:
        count = 12 * (year + 1 - 1962)
        dates = [milk.label(place) for place in range(count)]
        path = series.write(folder / f"{year}.csv", dates, milk.values[:count].tolist())
        by_year[year] = [ratio(path, settings, seed) for seed in SEEDS]
    means = [math.exp(statistics.fmean(map(math.log, each))) for each in zip(*by_year.values(), strict=True)]
    years = ", ".join(f"{statistics.median(each):.2f}" for each in by_year.values())
    figure = f"rolling origins: {settings or 'the defaults'}"
    return Row(figure, f"{years}", "seasonal naive, 1970 to 1974", statistics.median(means), "", True)


def of_1975() -> Row:
    """The held-out year, with the defaults."""
    found = [scores("milk", "", seed)[0] for seed in MORE_SEEDS]
    ours = [each["network", "free running"] for each in found]
    theirs = found[0]["seasonal naive", "free running"]
    measured = f"{statistics.median(ours):.1f} pounds ({min(ours):.1f} to {max(ours):.1f})"
    times = statistics.median(ours) / theirs
    asked = f"at most {ASKED} times"
    return Row("milk, 1975, ten seeds", measured, f"{theirs:.1f}, seasonal naive", times, asked, times <= ASKED)


def of_another(name: str, path: Path) -> Row:
    """The defaults on another series: how much worse than the better naive forecast, and whether that is said."""
    ratios, silent = list[float](), 0
    for seed in SEEDS:
        found, said = scores(path, "", seed)
        way = "free running"
        better = min(error for (forecast, how), error in found.items() if how == way and forecast != "network")
        ratios.append(found["network", way] / better)
        silent += ratios[-1] > 1 and not said.startswith("The network is worse than")
    measured = f"{min(ratios):.2f} to {max(ratios):.2f} times" + (f", {silent} not said" if silent else "")
    asked = f"at most {BEYOND} times, or said"
    return Row(name, measured, "the better naive forecast", statistics.median(ratios), asked, not silent)


def measure(candidates: Sequence[str] = CANDIDATES) -> list[Row]:
    """Every row."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen_by = [rolling(folder, settings) for settings in candidates]
        if candidates is not CANDIDATES:
            return chosen_by
        others = [of_another(*each) for each in series.written(folder).items()]
        return [*chosen_by, of_1975(), *others]


if __name__ == "__main__":
    sys.exit(show(measure(sys.argv[1:] or CANDIDATES)))

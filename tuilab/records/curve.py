"""The loss and the gradient norm of a run over its steps: whole, or fewer points for the same picture.

The fewer points of a long run are kept beside its log, as `curve.json`, so that it opens at once; they can be made
again from the log at any time, and are where the log is of another length than when they were made.
"""

import math
from array import array
from pathlib import Path
from typing import NamedTuple

import msgspec

from tuilab.records.files import open_file, replace_file
from tuilab.records.runlog import LOG, read_log

BUCKETS = 2000  # of a curve, at most
_FILE, _FORMAT = "curve.json", 1
_WORTH = 1 << 20  # bytes of a log from which its curve is kept
_FURTHEST = 10_000_000  # steps; what claims to be later is damage
_LARGEST = 1 << 20  # bytes of the file that was made of it


class Series(NamedTuple):
    """What each step measured, the first at 0; NaN where nothing was kept."""

    loss: array
    gradient_norm: array


class Curve(msgspec.Struct, frozen=True):
    """Least and greatest of each `width` steps, in order; None where nothing was kept."""

    steps: int
    width: int
    loss: tuple[list[float | None], list[float | None]]
    gradient_norm: tuple[list[float | None], list[float | None]]
    of: int = 0
    format: int = _FORMAT


def read_series(folder: Path) -> Series:
    """Everything that was measured: where training was gone on with from earlier, the later line counts."""
    loss, norm = array("d"), array("d")
    for line in read_log(folder / LOG):
        start = line.first - 1
        if start + len(line.loss) > _FURTHEST:
            continue
        for series, values in ((loss, line.loss), (norm, line.gradient_norm)):
            del series[start:]
            series.extend(array("d", [math.nan]) * (start - len(series)))
            series.extend(values)
    return Series(loss, norm)


def read_curve(folder: Path) -> Curve:
    """The curve of a run, from the file that was made of it or from its log."""
    size = _size(folder / LOG)
    try:
        with open_file(folder / _FILE) as file:
            curve = msgspec.json.decode(file.read(_LARGEST), type=Curve)
        if (curve.of, curve.format) == (size, _FORMAT) and _is_whole(curve):
            return curve
    except (OSError, ValueError, RecursionError):
        pass
    return curve_of(read_series(folder))


def opens_at_once(folder: Path) -> bool:
    """Whether the curve of a run takes no more than a moment to read."""
    return (folder / _FILE).exists() or _size(folder / LOG) < _WORTH


def keep_curve(folder: Path) -> None:
    """Keep the curve of a run that has ended, where its log is long. Raises OSError."""
    size = _size(folder / LOG)
    if size >= _WORTH:
        curve = msgspec.structs.replace(curve_of(read_series(folder)), of=size)
        replace_file(folder / _FILE, msgspec.json.encode(curve))


def curve_of(series: Series, buckets: int = BUCKETS) -> Curve:
    """Fewer points of a series: at most so many buckets of equal width."""
    steps = len(series.loss)
    width = max(1, -(-steps // buckets))
    return Curve(steps, width, _ends(series.loss, width), _ends(series.gradient_norm, width))


def _is_whole(curve: Curve) -> bool:
    if not 1 <= curve.width <= _FURTHEST or not 0 <= curve.steps <= _FURTHEST:
        return False
    return {len(ends) for ends in (*curve.loss, *curve.gradient_norm)} == {-(-curve.steps // curve.width)}


def _ends(values: array, width: int) -> tuple[list[float | None], list[float | None]]:
    lows: list[float | None] = []
    highs: list[float | None] = []
    for start in range(0, len(values), width):
        bucket = [each for each in values[start : start + width] if math.isfinite(each)]
        lows.append(min(bucket, default=None))
        highs.append(max(bucket, default=None))
    return lows, highs


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

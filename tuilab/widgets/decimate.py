"""Fewer points for the same picture: minimum and maximum of each stretch are kept, so that no spike is lost."""

from bisect import bisect_right
from collections.abc import Sequence


def decimate(xs: Sequence[float], ys: Sequence[float], columns: int) -> tuple[list[float], list[float]]:
    """Keep at most two points for each of `columns` stretches of equal count, in order."""
    count = len(ys)
    if count <= 2 * columns:
        return list(xs), list(ys)
    kept: list[int] = []
    for column in range(columns):
        first = column * count // columns
        stretch = ys[first : (column + 1) * count // columns]
        kept += sorted({first + stretch.index(min(stretch)), first + stretch.index(max(stretch))})
    return [xs[i] for i in kept], [ys[i] for i in kept]


def between(xs: Sequence[float], ys: Sequence[float], at: Sequence[float]) -> tuple[list[float], list[float]]:
    """The points of the line through others at some of the places `at`: those that the line reaches. `xs` rise."""
    places = [x for x in at if xs[0] <= x <= xs[-1]] if xs else []
    values = []
    for x in places:
        after = min(bisect_right(xs, x), len(xs) - 1)
        left, right = xs[max(0, after - 1)], xs[after]
        share = (x - left) / (right - left) if right > left else 0.0
        values.append(ys[max(0, after - 1)] + share * (ys[after] - ys[max(0, after - 1)]))
    return places, values


class History:
    """A series that may grow without end, in memory that does not.

    Steps are gathered in buckets of equal width, each with its minimum and maximum; when there are more than
    `buckets` of them, neighbours are merged and the width doubles.
    """

    def __init__(self, buckets: int = 600) -> None:
        self.limit, self.width, self.count = buckets, 1, 0
        self._lows: list[float] = []
        self._highs: list[float] = []

    def extend(self, values: Sequence[float]) -> None:
        """Append values, one a step."""
        for value in values:
            if self.count % self.width:
                self._lows[-1] = min(self._lows[-1], value)
                self._highs[-1] = max(self._highs[-1], value)
            else:
                self._lows.append(value)
                self._highs.append(value)
            self.count += 1
            if len(self._lows) > self.limit:
                self._merge()

    def cut(self, count: int) -> None:
        """Keep the first `count` values alone; of a bucket that is cut in two no more than its smallest is known."""
        whole, rest = divmod(min(count, self.count), self.width)
        self._lows = self._lows[: whole + bool(rest)]
        self._highs = self._highs[:whole] + self._lows[whole:]
        self.count = min(count, self.count)

    def _merge(self) -> None:
        lows, highs = self._lows, self._highs
        self._lows = [min(lows[i : i + 2]) for i in range(0, len(lows), 2)]
        self._highs = [max(highs[i : i + 2]) for i in range(0, len(highs), 2)]
        self.width *= 2

    def points(self) -> tuple[list[float], list[float]]:
        """The steps, counted from 1, and the values to draw."""
        xs: list[float] = []
        ys: list[float] = []
        for bucket, (low, high) in enumerate(zip(self._lows, self._highs, strict=True)):
            step = bucket * self.width + 1
            xs.append(step)
            ys.append(low)
            if high != low:
                xs.append(step)
                ys.append(high)
        return xs, ys

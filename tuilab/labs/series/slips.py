"""Slips in saying a number of a batch, or what the sampling makes of a wave."""

import math
from collections.abc import Callable, Iterator

from tuilab.labs.series.spec import Part, Series, SeriesTrace
from tuilab.labs.slips import Place, Slip

_ONE_ON = "The target of a step is the next point of the series."


def slips(spec: Series, trace: SeriesTrace, place: Place) -> Iterator[Slip]:
    """The slips for numbers of the batch, `values[k]` of a sum, `spacing`, `places`, `limit` and `alias`."""
    if len(place) == 4 and place[0] == "windows" and place[2] in ("inputs", "targets"):
        yield from _of_number(spec, trace, (int(place[1]), str(place[2]), int(place[3])))
    elif len(place) == 2 and place[0] == "values" and spec.wave == "sum" and not spec.noise and not spec.secret:
        yield from _of_sum(spec.sines, spec.begin + spec.spacing * int(place[1]))
    elif place == ("spacing",):
        yield Slip("points were divided by the interval", 1 / trace.spacing, "The interval is divided by its points.")
        last = (spec.end - spec.begin) / (spec.points - 1)
        yield Slip("the last point was put at the end", last, f"The points go up to, not including, {spec.end:g}.")
        yield Slip("the end alone was divided", spec.end / spec.points, f"The interval begins at {spec.begin:g}.")
    elif place == ("places",):
        yield from _of_places(spec)
    elif place == ("alias",) and trace.alias != spec.highest:
        yield Slip("the frequency itself was taken", spec.highest, "It is above the sampling limit.")
        above = spec.highest - trace.limit
        yield Slip(
            "the limit was taken off once", above, "A wave that is 2π / spacing faster goes through the same points."
        )
    elif place == ("limit",):
        yield Slip("a point was taken for a period", 2 * trace.limit, "A period needs two points at least.")
        yield Slip("the period was taken for the frequency", 2 * trace.spacing, "Its frequency is 2π through that.")


def _of_places(spec: Series) -> Iterator[Slip]:
    needs = "The last target needs a point too, one beyond the window."
    yield Slip("the successor was forgotten", spec.points - spec.length + 1, needs)
    yield Slip("windows were laid end to end", spec.points // spec.length, "They may overlap: they begin at any point.")
    yield Slip("all points were counted", spec.points, "Near the end there is no room for a window.")
    yield Slip("one point too many was taken off", spec.points - spec.length - 1, needs)


def _of_sum(sines: tuple[Part, ...], x: float) -> Iterator[Slip]:
    """Each sine is amplitude · sin(frequency · x)."""

    def total(read: Callable[[Part], float]) -> float:
        return sum(map(read, sines))

    before = "The frequency stands before the colon, the amplitude behind it."
    exchanged = total(lambda part: part.frequency * math.sin(part.amplitude * x))
    yield Slip("frequency and amplitude are exchanged", exchanged, before)
    slow = total(lambda part: part.amplitude * math.sin(x))
    yield Slip("the frequencies are left out", slow, "Each sine is of frequency · x.")
    low = total(lambda part: math.sin(part.frequency * x))
    yield Slip("the amplitudes are left out", low, "Each sine is multiplied with its amplitude.")
    outside = total(lambda part: part.amplitude * part.frequency * math.sin(x))
    yield Slip("the frequency was put before the sine", outside, "It is multiplied with x, in the brackets.")
    degrees = total(lambda part: part.amplitude * math.sin(math.radians(part.frequency * x)))
    yield Slip("the angle was taken in degrees", degrees, "sin takes its angle in radians.")


def _of_number(spec: Series, trace: SeriesTrace, at: tuple[int, str, int]) -> Iterator[Slip]:
    row, block, step = at
    window = trace.windows[row]
    point = window.first + step + (block == "targets")
    if block == "targets":
        yield Slip("the input of the step was taken", window.inputs[step], _ONE_ON)
        if point + 1 < len(trace.values):
            yield Slip("the point two steps on was taken", trace.values[point + 1], _ONE_ON)
        if step:
            yield Slip("the point before the input was taken", window.inputs[step - 1], _ONE_ON)
    else:
        yield Slip("the target of the step was taken", window.targets[step], "The input is the point itself.")
    x = spec.begin + spec.spacing * point
    if spec.wave == "sine" and not spec.noise and not spec.secret:
        degrees = math.sin(math.radians(spec.frequency * x))
        yield Slip("the angle was taken in degrees", degrees, "sin takes its angle in radians.")
        if spec.frequency != 1:
            yield Slip("the frequency is left out", math.sin(x), f"It is sin({spec.frequency:g}·x).")

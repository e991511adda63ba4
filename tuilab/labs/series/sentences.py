"""What the series lab says in words and numbers; for the screen and for plain mode."""

import math

from tuilab.labs.series.spec import Series, SeriesTrace
from tuilab.widgets.blocks import Cell
from tuilab.widgets.numbers import bracketed, four, summed, three

FEW = 3  # sines that are written out on one line
STILL = 1e-9  # a frequency that is none


def formula(spec: Series) -> str:
    """The curve; y(x) where it is hidden."""
    if spec.secret:
        return "y(x)"
    x = _times("x", spec.frequency)
    if spec.wave == "sum":
        sines = [f"{_factor(each.amplitude)}sin({_times('x', each.frequency)})" for each in spec.sines]
        curve = " + ".join(sines) if len(sines) <= FEW else f"a sum of {len(sines)} sines"
    else:
        curve = {"sine": f"sin({x})", "noise": "noise"}.get(spec.wave, f"{spec.wave}({x})")
    return f"{curve} + noise {spec.noise:g}" if spec.noise else curve


def headlines(spec: Series) -> list[str]:
    """The series and the batch, at length and ever more shortly."""
    curve, batch = formula(spec), f"batch of step ▐{spec.step}▌"
    points = f"{spec.points:,} points"
    return [
        f"{curve}   {points} from {spec.begin:g} to {spec.end:g}, {spec.spacing:.4g} apart   {batch}",
        f"{curve}   {points}, {spec.spacing:.4g} apart   {batch}",
        f"{curve}   {batch}",
        f"{points}, {spec.spacing:.4g} apart   {batch}",
        batch,
    ]


def aliasing(spec: Series, trace: SeriesTrace) -> str:
    """What there is to say of a wave that is too fast for the points; empty where it is not, or is hidden."""
    if spec.highest <= trace.limit or spec.secret:
        return ""
    looks = f"it looks like {three(trace.alias)}" if trace.alias > STILL else "the points stand still"
    limit = f"π / {spec.spacing:.4g} = {three(trace.limit)}"
    return f"Frequency {spec.highest:g} is above the sampling limit {limit}: {looks}."


def name(cell: Cell) -> str:
    """A number by its place in the array."""
    return f"{cell.block}[{cell.row},{cell.column},0]"


def value(trace: SeriesTrace, cell: Cell) -> float:
    """A number of the batch. Raises LookupError where there is no such place."""
    window = trace.windows[cell.row]
    return (window.targets if cell.block == "targets" else window.inputs)[cell.column]


def point(trace: SeriesTrace, cell: Cell) -> int:
    """The number of the point of the series that a number of the batch is."""
    return trace.windows[cell.row].first + cell.column + (cell.block == "targets")


def place(spec: Series, at: int) -> float:
    """Where a point of the series lies."""
    return spec.begin + spec.spacing * at


def twin(trace: SeriesTrace, cell: Cell) -> Cell | None:
    """The very same point in the other array, one step on or back; None where it is not in that window."""
    block, column = ("inputs", cell.column + 1) if cell.block == "targets" else ("targets", cell.column - 1)
    return Cell(block, cell.row, column) if 0 <= column < trace.inputs[1] else None


def told(spec: Series, trace: SeriesTrace, cell: Cell) -> str:
    """Which number it is, and which one belongs to it."""
    at = point(trace, cell)
    first = f"{name(cell)} = {four(value(trace, cell))}: window {cell.row}, step {cell.column}"
    other = cell._replace(block="inputs" if cell.block == "targets" else "targets")
    beside = f"point {point(trace, other)}, {four(value(trace, other))}"
    if cell.block == "inputs":
        return f"{first}; point {at} of the series\nits target is one step on: {beside}"
    return f"{first}; point {at} of the series\nit is to be said where the input is {beside}"


def why(spec: Series, trace: SeriesTrace, cell: Cell) -> str:
    """Where a number comes from: its point, its place, its value."""
    at, window = point(trace, cell), trace.windows[cell.row]
    shift = " + 1" if cell.block == "targets" else ""
    counted = f"{name(cell)} is point {window.first} + {cell.column}{shift} = {at}"
    located = f"x = {spec.begin:g} + {at}·{spec.spacing:.6g} = {_plain(place(spec, at))}"
    other = twin(trace, cell)
    same = f"; {name(other)} is the same point" if other else ""
    return f"{counted}{same}\n{located}; {_valued(spec, place(spec, at), value(trace, cell))}"


def _valued(spec: Series, x: float, given: float) -> str:
    """The value at a place, with the numbers put in."""
    if spec.secret:
        return f"y({_plain(x)}) = {four(given)}"
    if spec.wave == "noise":
        return f"drawn, {four(given)}; the points before say nothing of it"
    clean, written = _written(spec, x)
    if spec.noise:
        return f"{written}, and {four(given - clean)} of noise: {four(given)}"
    return written


def _written(spec: Series, x: float) -> tuple[float, str]:
    """The wave at a place, and how that is worked out."""
    if spec.wave == "sum":
        terms = [each.amplitude * math.sin(each.frequency * x) for each in spec.sines]
        total = sum(terms)
        return total, f"{formula(spec).partition(' + noise')[0]} = {_added(terms)}{four(total)}"
    angle, inner = spec.frequency * x, _times(_bare(x), spec.frequency)
    if spec.wave == "sine":
        turned = f"sin({_plain(angle)}) = " if spec.frequency != 1 else ""
        return math.sin(angle), f"sin({inner}) = {turned}{four(math.sin(angle))}"
    phase = angle / (2 * math.pi) % 1
    gone = f"{inner} / 2π = {angle / (2 * math.pi):.3f} periods".replace("-", "−")
    if spec.wave == "square":
        half, found = ("first", 1.0) if phase < 0.5 else ("second", -1.0)
        return found, f"{gone}, in the {half} half of one: {four(found)}"
    return 2 * phase - 1, f"{gone}: 2·{phase:.3f} − 1 = {four(2 * phase - 1)}"


def _added(terms: list[float]) -> str:
    return f"{summed(terms)} = " if 1 < len(terms) <= FEW else ""


def _times(x: str, frequency: float) -> str:
    return x if frequency == 1 else f"{frequency:.4g}·{x}"


def _factor(amplitude: float) -> str:
    return "" if amplitude == 1 else f"{bracketed(amplitude, _plain)}·"


def _bare(x: float) -> str:
    return bracketed(x, _plain)


def _plain(number: float) -> str:
    return f"{number + 0.0:.6g}".replace("-", "−")

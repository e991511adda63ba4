"""What the activations lab says in words and numbers; for the screen and for plain mode."""

from tuilab.labs.activations.spec import TITLES, Activations, Curve
from tuilab.widgets.numbers import three

FORMULAS = {
    "sigmoid": ("1 / (1 + e⁻ˣ)", "f·(1 − f)"),
    "tanh": ("tanh x", "1 − f²"),
    "relu": ("x above 0, else 0", "1 above 0, else 0"),
    "leaky": ("x above 0, else {negative:g}·x", "1 above 0, else {negative:g}"),
    "elu": ("x above 0, else {alpha:g}·(eˣ − 1)", "1 above 0, else {alpha:g}·eˣ"),
}
FEW = 3  # layers that are written out at each end


def formula(spec: Activations, name: str) -> str:
    """A function and its slope."""
    value, slope = (each.format(negative=spec.negative, alpha=spec.alpha) for each in FORMULAS[name])
    return f"{TITLES[name]}: f = {value}   f' = {slope}"


def where(curve: Curve) -> str:
    """Where a function is saturated."""
    below, above = curve.saturated_below, curve.saturated_above
    if below is not None and above is not None and abs(below + above) < 1e-9:
        return f"beyond ±{three(above)}"
    sides = [f"below {three(below)}"] if below is not None else []
    sides += [f"above {three(above)}"] if above is not None else []
    return " and ".join(sides) if sides else "nowhere"


def rows(spec: Activations, curves: list[Curve]) -> list[tuple[str, ...]]:
    """A table of what is at the cursor, its headings first."""
    heading = (
        f"x = {exact(spec.x)}",
        "f(x)",
        "f'(x)",
        "saturated (x +)" if len(curves) > 1 else "saturated",
        f"{spec.layers} layers",
        "at most",
    )
    return [
        heading,
        *(
            (
                TITLES[each.function],
                exact(each.value),
                exact(each.slope) + ("!" if each.saturated else ""),
                where(each),
                three(each.product),
                three(each.at_most),
            )
            for each in curves
        ),
    ]


def product(curve: Curve) -> str:
    """The slopes of the layers, multiplied out."""
    factors = [three(layer.slope) for layer in curve.layers]
    if len(factors) > 2 * FEW:
        factors = [*factors[:FEW], "…", *factors[-FEW:]]
    return f"{TITLES[curve.function]}, layer by layer: {' × '.join(factors)} = {three(curve.product)}"


def why(spec: Activations, curve: Curve) -> str:
    """The slope at the cursor with the numbers put in, and the rule for saturation."""
    x, value, below = exact(spec.x), exact(curve.value), spec.x <= 0
    written = {
        "sigmoid": f"f·(1 − f) = {value}·(1 − {value})",
        "tanh": f"1 − f² = 1 − ({value})²",
        "relu": "0, x is not above 0" if below else "1, x is above 0",
        "leaky": f"the negative slope, {spec.negative:g}" if below else "1, x is above 0",
        "elu": f"alpha·eˣ = {spec.alpha:g}·e^({x})" if below else "1, x is above 0",
    }[curve.function]
    share = f"{three(100 * curve.slope / curve.largest)} % of its largest, {three(curve.largest)}"
    verdict = "saturated: that is below 1 %" if curve.saturated else "not saturated: below 1 % it would be"
    return f"{TITLES[curve.function]}: f'({x}) = {written} = {exact(curve.slope)}, {share}; {verdict}."


def exact(value: float) -> str:
    """Six significant digits, of what is small with an exponent."""
    text = f"{value + 0.0:.6g}"
    if 0 < abs(value) < 1e-3:
        digits, exponent = f"{value:.5e}".split("e")
        text = f"{digits.rstrip('0').rstrip('.')}e{exponent}"
    return text.replace("e-0", "e-").replace("-", "−")

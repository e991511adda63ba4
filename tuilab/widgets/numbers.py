"""Numbers as they stand in arithmetic that is written out."""

from collections.abc import Callable, Sequence

MOST = 3  # of the terms of a long sum


def without_sign_of_zero(text: str) -> str:
    """A number as it was written, but -0.00 as 0.00: what is written as zero is neither above nor below it."""
    return text if text.strip("-0.") else text.lstrip("-")


def four(value: float) -> str:
    """A number with four decimals and a true minus sign."""
    return without_sign_of_zero(f"{value:.4f}").replace("-", "−")


def three(value: float) -> str:
    """A number with three significant digits, however small it is."""
    text = f"{value:.2e}" if 0 < abs(value) < 0.01 else f"{value:.3g}"
    return without_sign_of_zero(text).replace("e-0", "e-").replace("e+0", "e").replace("-", "−")


def bracketed(value: float, written: Callable[[float], str] = four) -> str:
    """A number as it stands behind a sign."""
    text = written(value)
    return f"({text})" if text.startswith("−") else text


def summed(parts: Sequence[float], written: Callable[[float], str] = four) -> str:
    """A sum of numbers."""
    return written(parts[0]) + "".join(signed(part, written) for part in parts[1:])


def signed(value: float, written: Callable[[float], str] = four) -> str:
    """A number as it is added to a sum."""
    text = written(value)
    return f" − {text[1:]}" if text.startswith("−") else f" + {text}"


def largest(
    weights: Sequence[float], values: Sequence[float], what: str, written: Callable[[float], str] = four
) -> str:
    """A sum of products, by its largest terms where there are many."""
    terms = sorted(enumerate(zip(weights, values, strict=True)), key=lambda each: -abs(each[1][0] * each[1][1]))
    if len(terms) <= MOST:
        return " + ".join(f"{bracketed(w, written)}×{bracketed(v, written)}" for _, (w, v) in sorted(terms))
    shown = ", ".join(f"{what} {i}: {written(w * v)}" for i, (w, v) in terms[:MOST])
    return f"over {len(terms)} {what}s, most from {shown}"

"""Numbers as they stand in arithmetic that is written out."""

from collections.abc import Callable, Sequence


def four(value: float) -> str:
    """A number with four decimals and a true minus sign."""
    return f"{value:.4f}".replace("-", "−")


def three(value: float) -> str:
    """A number with three significant digits, however small it is."""
    text = f"{value:.2e}" if 0 < abs(value) < 0.01 else f"{value:.3g}"
    return text.replace("e-0", "e-").replace("e+0", "e").replace("-", "−")


def bracketed(value: float, written: Callable[[float], str] = four) -> str:
    """A number as it stands behind a sign."""
    return f"({written(value)})" if value < 0 else written(value)


def summed(parts: Sequence[float]) -> str:
    """A sum of numbers."""
    return four(parts[0]) + "".join(f" {'−' if part < 0 else '+'} {four(abs(part))}" for part in parts[1:])

"""What a probe saw, in a form that can be compared: whatever holds the same numbers is the same."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from tuilab.exercises.verdict import Verdict, printable

FEW = 8  # a list longer than this is not looked at item by item


@dataclass(frozen=True)
class Raised:
    """An exception: its name and its words; for one of the learner's, the verdict on it."""

    name: str
    words: str
    verdict: Verdict | None = None

    def is_like(self, other: object) -> bool:
        """Whether another is the same, wherever it was raised."""
        return isinstance(other, Raised) and (self.name, self.words) == (other.name, other.words)


@dataclass(frozen=True)
class Amiss:
    """What a probe itself says of what it was given."""

    words: str


@dataclass(frozen=True)
class Other:
    """Something that holds no numbers, by the name of its type."""

    name: str


def plain(value: Any) -> Any:
    """None, truth, text, an array of float64, a tuple or a dict of these; else `Other`."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    numbers = _numbers(value)
    if numbers is not None:
        return numbers
    if isinstance(value, list | tuple) and len(value) <= FEW:
        return tuple(map(plain, value))
    return Other(type(value).__name__)


def _numbers(value: Any) -> np.ndarray | None:
    if hasattr(value, "detach"):
        value = value.detach()
    if isinstance(value, list | tuple) and any(hasattr(each, "detach") for each in value):
        value = [each.detach().numpy() if hasattr(each, "detach") else each for each in value]
    try:
        found = np.asarray(value)
        return found.astype(np.float64) if found.dtype.kind in "buif" else None
    except (ValueError, TypeError, RuntimeError):
        return None


def same(one: Any, other: Any, tolerance: float) -> bool:
    """Whether two things seen are the same."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.shape == other.shape and bool(close(one, other, tolerance).all())
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key], tolerance) for key in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(same(*pair, tolerance) for pair in zip(one, other, strict=True))
    if isinstance(one, Raised):
        return one.is_like(other)
    return type(one) is type(other) and bool(one == other)


def close(one: np.ndarray, other: np.ndarray, tolerance: float) -> np.ndarray:
    """Which numbers of two arrays of one shape are the same."""
    finite = np.abs(one[np.isfinite(one)])
    return np.isclose(other, one, rtol=0, atol=tolerance * max(1e-6, finite.max(initial=0.0)), equal_nan=True)


def raised(error: BaseException, verdict: Verdict | None = None) -> Raised:
    """An exception, as it is compared and told."""
    try:
        words = str(error)
    except Exception:
        words = ""
    return Raised(type(error).__name__, printable(words).rstrip("."), verdict)

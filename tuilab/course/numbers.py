"""Numbers as prose writes them: 0.05, −1, 3,072, 1.5e-9, 10⁻²⁵; what they are worth, and which make a claim."""

import math
import re
from collections.abc import Iterator

_RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_AS_PLAIN = str.maketrans(_RAISED, "-0123456789")
_POWER = rf"\^\{{?[-−]?\d+\}}?|[{_RAISED}]+"
NUMBER = rf"(?<![\w.,])[-−]?(?:\d+(?:,\d{{3}})*(?:\.\d+)?|\.\d+)(?:[eE][-+−]?\d+|{_POWER})?"
PERCENT = r"\s?%"
_WHOLE = re.compile(rf"(?P<number>{NUMBER})(?:{PERCENT})?(?!\.?\d)")  # 1.2.3 is a version, no number
_SMALL = re.compile(r"[-−]?\d{1,2}")


def claims(text: str) -> Iterator[re.Match[str]]:
    """The numbers of a text that are hardly ever anything but claims: all but whole ones of one or two digits.

    6 may be the number of a lesson; 0.05, 40 %, 10⁻²⁵ or 723 is said of something.
    """
    return (found for found in _WHOLE.finditer(text) if not _SMALL.fullmatch(found[0]))


def value_of(written: str) -> float:
    """What a number as it is written is worth."""
    plain = re.sub(f"[{_RAISED}]+", lambda raised: "^" + raised[0].translate(_AS_PLAIN), written)
    base, raised, exponent = plain.replace("−", "-").replace(",", "").partition("^")
    if not raised:
        return float(base)
    try:
        return math.copysign(abs(float(base)) ** int(exponent.strip("{}")), float(base))
    except (ArithmeticError, ValueError):
        return math.inf


def agrees(written: str, value: float) -> bool:
    """Whether a number as it is written is this value: to its last digit, and exactly where it is whole."""
    return abs(value_of(written) - value) <= _grain(written, value)


def like(written: str, value: float) -> str:
    """A value with as many digits as a number that is written; a power stays as it is."""
    if _is_power(written):
        return written
    mantissa, e, _ = _split(written)
    text = f"{value:{',' if ',' in written else ''}.{_decimals(mantissa)}{e or 'f'}}"
    return text.replace("-", "−") if text.strip("-0.,") else text.lstrip("-")


def _grain(written: str, value: float) -> float:
    """By how much a value may differ from a number as it is written: half of its last digit."""
    mantissa, e, exponent = _split(written)
    if _is_power(written):
        return 1e-6 * abs(value)
    if e or "." in mantissa:
        return 0.5000001 * 10.0 ** (int(exponent or 0) - _decimals(mantissa))
    return 1e-6 * max(1.0, abs(value))


def _is_power(written: str) -> bool:
    return re.search(_POWER, written) is not None


def _split(written: str) -> tuple[str, str, str]:
    return written.lower().replace("−", "-").partition("e")


def _decimals(mantissa: str) -> int:
    return len(mantissa.partition(".")[2])

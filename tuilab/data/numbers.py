"""Numbers as people write them: 1234.5, 1234,5, 1,234.5 and 1.234,5."""

import math
import re
from collections.abc import Iterable

MISSING = frozenset({"", "-", "--", "?", ".", "..", "na", "n/a", "nan", "null", "none", "#n/a", "missing"})
_INFINITE = frozenset({"inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞"})
_PLAIN = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_USUAL = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)
_GROUPED = {
    ",": re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII),
    ".": re.compile(r"[-+]?\d{1,3}(\.\d{3})+(,\d*)?", re.ASCII),
}
_AS_TYPED = str.maketrans({" ": "", "\u00a0": "", "\u202f": "", "−": "-"})
LARGEST = 1e30  # what float32 holds squared is less, and nothing is counted in it
_LONGEST = 40  # letters that a number may have


class Style:
    """How the numbers of a column are written: the mark before the fraction, and the one between thousands, if any."""

    def __init__(self, decimal: str = ".", thousands: str = "") -> None:
        self.decimal, self.thousands = decimal, thousands

    def read(self, text: str) -> float:
        """A number; NaN where there is none. Raises ValueError where it is not written so, or is too large."""
        if self.decimal == "." and _USUAL.fullmatch(text):
            return float(text)  # nearly all are so, and there may be a million
        text = text.strip()
        if text.lower() in MISSING:
            return math.nan
        text = text.translate(_AS_TYPED)
        if self.thousands and self.thousands in text:
            if not _GROUPED[self.thousands].fullmatch(text):
                raise ValueError
            text = text.replace(self.thousands, "")
        if self.decimal == ",":
            if "." in text:
                raise ValueError
            text = text.replace(",", ".")
        if len(text) > _LONGEST or not _PLAIN.fullmatch(text) or abs(number := float(text)) > LARGEST:
            raise ValueError
        return number

    def reads(self, text: str) -> bool:
        """Whether a text is a number, or none, in this way of writing."""
        try:
            self.read(text)
        except ValueError:
            return is_infinite(text)
        return True

    def refusal(self, text: str) -> str:
        """What to say of a text that `read` refuses."""
        shown = repr(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
        if is_infinite(text):
            return f"{shown} is not finite; correct it, or leave it empty"
        if len(text) <= _LONGEST and _PLAIN.fullmatch(text.strip()) and self.decimal == ".":
            return f"{shown} is too large to be learned from; correct it, or leave it empty"
        if any(other.reads(text) for other in STYLES):
            mark = "comma" if self.decimal == "," else "point"
            return f"{shown} is not written with a decimal {mark}, as other rows are; write all in one way"
        return f"{shown} is no number; correct it, or leave it empty"


STYLES = (Style("."), Style(","), Style(".", ","), Style(",", "."))


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no value."""
    return text.strip().lower() in MISSING


def is_infinite(text: str) -> bool:
    """Whether a cell says infinity."""
    return text.strip().lower() in _INFINITE


def style_of(texts: Iterable[str], separator: str) -> Style | None:
    """How these are written; None where they are not all numbers. A comma stands before the fraction where it can.

    In a table whose separator is the comma, quoted numbers like "1,234" have it between thousands where they can.
    """
    there = [text for text in texts if not is_missing(text)]
    fits = [style for style in STYLES if there and all(style.reads(text) for text in there)]
    if separator == ",":
        fits.sort(key=lambda style: style.decimal == ",")
    return fits[0] if fits else None

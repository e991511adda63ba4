"""Every character as an ASCII one, for screens without UTF-8: one cell stays one cell.

Prose, whose lines may grow longer, is spelled out before it is laid out: letters.py.
"""

import unicodedata
from functools import lru_cache

_ALIKE = {
    "─┄┈╌╴╶┅┉╍−–—‐‑": "-",
    "━═": "=",  # done, on a bar whose rest is ─
    "│┃║┆┊╎╵╷∣‖▎▏▕": "|",
    "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋±": "+",
    "▸▶►▷→⇒≥›🔎🔍": ">",
    "◂◀◄◁←⇐≤‹": "<",
    "▲△↑∧↕": "^",
    "▼▽↓∨✓✔": "v",
    "○◯◦": "o",
    "·⋅•●∙∗": "*",
    "✗✘×╳": "x",
    "▐": "[",  # the cursor's brackets
    "▌": "]",
    "█▉▊▋▓■": "#",
    "▒": ":",
    "░": ".",
    "▁▂▃▄▅▆▇▖▗": "_",
    "▀▔▘▝": '"',
    "…": ".",
    "≈∼": "~",
    "≠": "#",
    "′‘’": "'",
    "″“”„": '"',
    "√∇": "V",
    "∂": "d",
    "∑": "S",
    "∏": "P",
    "⊤": "T",
    "∈": "e",
    "⊙⊗": "*",
    "⊕": "+",
    "∞": "8",
    "°": "o",
    "\u2800": " ",
}
_GREEK = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", "abgdezhtiklmnxoprsstufcyw", strict=True))
_GREEK |= {greek.upper(): letter.upper() for greek, letter in _GREEK.items() if greek != "ς"}
_TABLE = {character: plain for alike, plain in _ALIKE.items() for character in alike} | _GREEK


@lru_cache(4096)
def ascii_of(character: str) -> str:
    """One ASCII character for one of any kind; marks that stand on it are left out."""
    first = character[:1]
    if first.isascii():
        return first
    if first in _TABLE:
        return _TABLE[first]
    if "\u2801" <= first <= "\u28ff":
        return _dots(ord(first) - 0x2800)
    plain = "".join(part for part in unicodedata.normalize("NFKD", first) if not unicodedata.combining(part))
    if len(plain) == 1 and plain != first:
        return ascii_of(plain)
    return "?"


def _dots(pattern: int) -> str:
    """A Braille pattern by where its dots stand: above, below, or both."""
    upper, lower = pattern & 0b00011011, pattern & 0b11100100
    return ":" if upper and lower else "'" if upper else "."

"""Says the same to the terminal in fewer bytes: of the attributes that a frame switches, only what makes a difference.

A frame comes here with each style written out in full. Over a modem a screen of styles costs more than its text, so
that only the parts that change are sent, nothing for a blank whose background is there already, and one reset at
the end of the frame in place of one at the end of each row. Where the terminal is described as one that erases in the
background's colour, a long stretch of blanks is erased instead of written.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_PIECES = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])|[^\x1b]+|\x1b")
_BLANKS = re.compile(" {12,}")  # a stretch worth erasing
_SEEN_ON_BLANKS = frozenset({"4", "5", "6", "7", "9", "21", "51", "52", "53"})  # lines, blinking, reverse
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}


class _Look(NamedTuple):
    """Attributes as a terminal holds them; a colour is what sets it, empty for the terminal's own."""

    attributes: frozenset[str] = frozenset()
    colour: str = ""
    background: str = ""


_PLAIN = _Look()


def erases_in_colour(term: str | None) -> bool:
    """Whether the system's description of a terminal has an erase that takes the background with it.

    The first terminal that a process asks about is the only one that it is told of.
    """
    try:
        import curses
    except ImportError:  # not every Python has it
        return False
    try:
        curses.setupterm(term or "dumb", 1)
        return curses.tigetflag("bce") == 1 and bool(curses.tigetstr("ech")) and bool(curses.tigetstr("cuf"))
    except (curses.error, ValueError, OSError):
        return False  # nothing is known of it


def shorten(frame: str, erases: bool = False) -> str:
    """The same frame in fewer bytes. It starts and ends with plain attributes, as the one given does."""
    out: list[str] = []
    pen, wanted = _PLAIN, _PLAIN
    for piece in _PIECES.finditer(frame):
        if piece[2] == "m":
            wanted = _after(wanted, piece[1])
            continue
        if piece[2] is None:
            target = _needed(pen, wanted) if piece[0].isspace() else wanted
            if target != pen:
                out.append(_switch(pen, target))
                pen = target
        if erases and piece[2] is None and not _SEEN_ON_BLANKS & pen.attributes:
            out.append(_BLANKS.sub(_erased, piece[0]))
        else:
            out.append(piece[0])
    if pen != wanted:
        out.append(_switch(pen, wanted))
    return "".join(out)


def _erased(blanks: re.Match[str]) -> str:
    """A stretch erased, then passed over: erasing leaves the cursor where it is."""
    count = len(blanks[0])
    return f"\x1b[{count}X\x1b[{count}C"


def _needed(pen: _Look, wanted: _Look) -> _Look:
    """What blanks need of the wanted look: the background, unless there is more to be seen of them."""
    if _SEEN_ON_BLANKS & (pen.attributes | wanted.attributes):
        return wanted
    return pen._replace(background=wanted.background)


@lru_cache(4096)
def _switch(pen: _Look, target: _Look) -> str:
    """The shorter one of changing what differs and beginning anew."""
    changes = sorted({_OFF.get(each, "0") for each in pen.attributes - target.attributes})
    changes += _set(target, pen, again="22" in changes)
    anew = ["0", *_set(target, _PLAIN)] if target != _PLAIN else [""]
    best = anew if "0" in changes else min(changes, anew, key=lambda codes: len(";".join(codes)))
    return f"\x1b[{';'.join(best)}m"


def _set(target: _Look, pen: _Look, again: bool = False) -> list[str]:
    """The codes that a look needs beyond those of another; bold and faint are switched off together."""
    codes = [each for each in sorted(target.attributes) if each not in pen.attributes or (again and each in "12")]
    if target.colour != pen.colour:
        codes.append(target.colour or "39")
    if target.background != pen.background:
        codes.append(target.background or "49")
    return codes


@lru_cache(4096)
def _after(look: _Look, codes: str) -> _Look:
    """The look after a sequence of codes."""
    parts = codes.split(";") if codes else ["0"]
    while parts:
        code = parts.pop(0)
        if code in ("", "0"):
            look = _PLAIN
        elif code in ("38", "48"):
            count = 2 if parts[:1] == ["5"] else 4
            colour = ";".join([code, *parts[:count]])
            del parts[:count]
            look = look._replace(colour=colour) if code == "38" else look._replace(background=colour)
        elif len(code) > 1 and code[:-1] in ("3", "9"):
            look = look._replace(colour="" if code == "39" else code)
        elif len(code) > 1 and code[:-1] in ("4", "10"):
            look = look._replace(background="" if code == "49" else code)
        else:
            look = look._replace(attributes=look.attributes | {code})
    return look

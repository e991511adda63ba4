"""What can be shown on this terminal, and what should be sent to it."""

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from tuilab.terminal.charset import as_it_was_given, is_utf8

Colours = Literal["256", "16", "none"]
_RICH = ("256", "direct", "kitty", "alacritty", "ghostty", "foot", "wezterm")
_MODERN = ("xterm", "screen", "tmux", "rxvt", "vte", "konsole", "iterm", "st-", *_RICH)
NOT_DRAWABLE = ("", "dumb", "unknown")


@dataclass(frozen=True)
class Means:
    """How the screen is drawn. `modern` terminals understand, or pass over, queries that came after the VT220.

    `frugal` is what a line needs that may be slow; `sparing` is what was asked for beyond that: fewer charts, no mouse.
    How often a chart really goes out is decided by the terminal's answers.
    """

    colours: Colours = "256"
    unicode: bool = True
    frugal: bool = False
    sparing: bool = False
    modern: bool = True
    multiplexed: bool = False

    @property
    def theme(self) -> str | None:
        """The theme that these colours ask for; None where any will do."""
        return None if self.colours == "256" else "ansi"

    @property
    def synchronised(self) -> bool:
        """Whether the terminal is asked for synchronised output; frames are marked where it says that it knows it."""
        return self.modern

    @property
    def kitty_keys(self) -> bool:
        """Whether keys are asked for in Kitty's way: half there in multiplexers, and more bytes a key."""
        return self.modern and not self.multiplexed and not self.frugal


def find_means(
    environ: Mapping[str, str],
    encoding: str | None = "utf-8",
    frugal: bool | None = None,
    ascii_only: bool | None = None,
    terminfo: "Callable[[str], int | None] | None" = None,
) -> Means:
    """Find out from the environment, and the encoding of our own output; None leaves a choice to what is found."""
    term = environ.get("TERM", "")
    number = 256 if any(name in term for name in _RICH) else (terminfo or colours_of)(term)
    if environ.get("COLORTERM") and number != 0:
        number = 256
    # The font of the Linux console has at most 512 characters, and none of the charts'.
    utf8 = is_utf8(as_it_was_given(environ)) and _is_utf8_codec(encoding) and term != "linux"
    return Means(
        colours="none" if environ.get("NO_COLOR") else colours_for(number),
        unicode=utf8 if ascii_only is None else not ascii_only,
        frugal=over_ssh(environ) if frugal is None else frugal,
        sparing=bool(frugal),
        modern=any(name in term for name in _MODERN),
        multiplexed=bool(multiplexer(environ)),
    )


def colours_for(number: int | None) -> Colours:
    """What to use where a terminal has this many colours; a terminal that nobody knows is taken to have 16."""
    if number is None:
        return "16"
    return "256" if number >= 256 else "16" if number >= 8 else "none"


def colours_of(term: str) -> int | None:
    """How many colours terminfo says a terminal has; None where it does not know the terminal."""
    try:
        import curses

        curses.setupterm(term, 1)
        return max(0, curses.tigetnum("colors"))
    except Exception:  # the module is missing, or the terminal is in no database: there is more than one error
        return 0 if re.match(r"vt\d", term) else None


def over_ssh(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is at the other end of an SSH connection."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def multiplexer(environ: Mapping[str, str]) -> str:
    """The multiplexer that the terminal belongs to; empty where there is none."""
    if environ.get("TMUX"):
        return "tmux"
    term = environ.get("TERM", "")
    if environ.get("STY"):
        return "screen"
    return term.partition("-")[0] if term.startswith(("screen", "tmux")) else ""


def _is_utf8_codec(encoding: str | None) -> bool:
    try:
        return codecs.lookup(encoding or "ascii").name == "utf-8"
    except LookupError:
        return False

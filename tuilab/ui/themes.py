"""The colours: two grounds of our own from the 256-colour palette, and one that leaves them to the terminal.

Blue and orange stay apart for colour-blind eyes; nothing is told by colour alone.
"""

from textual.theme import BUILTIN_THEMES, Theme


def _scrollbar(bar: str, ground: str) -> dict[str, str]:
    """The same whatever the mouse does; Textual would blend colours that a palette of 256 does not have."""
    states = ("", "-hover", "-active")
    colours = {f"scrollbar{state}": bar for state in states}
    return colours | {f"scrollbar-background{state}": ground for state in states} | {"scrollbar-corner-color": ground}


DARK = Theme(
    name="dark", dark=True,
    primary="#5fafff", secondary="#ffaf5f", accent="#5fafff", success="#87d787", warning="#ffd75f", error="#ff8787",
    foreground="#d0d0d0", background="#121212", surface="#1c1c1c", panel="#303030", boost="#3a3a3a",
    variables={"text-muted": "#8a8a8a", "ground-line": "#444444", "fourth-series": "#d7afff",
        **_scrollbar("#8a8a8a", "#303030")},
)  # fmt: skip
LIGHT = Theme(
    name="light", dark=False,
    primary="#005faf", secondary="#af5f00", accent="#005faf", success="#005f00", warning="#875f00", error="#af0000",
    foreground="#262626", background="#ffffff", surface="#eeeeee", panel="#dadada", boost="#d0d0d0",
    variables={"text-muted": "#626262", "ground-line": "#bcbcbc", "fourth-series": "#875faf",
        **_scrollbar("#626262", "#dadada")},
)  # fmt: skip
# Not yellow, which is lost on a white ground, nor blue, which is lost on a black one.
ANSI = Theme(
    name="ansi", dark=True, ansi=True,
    primary="ansi_cyan", secondary="ansi_magenta", accent="ansi_cyan", success="ansi_green", warning="ansi_red",
    error="ansi_red", foreground="ansi_default", background="ansi_default", surface="ansi_default",
    panel="ansi_default", boost="ansi_default",
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables, "text-muted": "ansi_default", "ground-line": "ansi_default",
        "fourth-series": "ansi_red",
        # black on cyan is seen on a light ground and on a dark one; bright colours are missing on the Linux console
        "block-cursor-background": "ansi_cyan", "input-selection-background": "ansi_cyan",
        **_scrollbar("ansi_cyan", "ansi_default"),
    },
)  # fmt: skip
THEMES = {theme.name: theme for theme in (DARK, LIGHT, ANSI)}

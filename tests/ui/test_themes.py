"""The colours can be read: ours on their grounds, the terminal's own on black and on white in the usual palettes."""

from itertools import combinations

import pytest
from textual.color import Color
from textual.theme import Theme

from tuilab.ui.themes import ANSI, DARK, LIGHT

TEXT = ("primary", "secondary", "success", "warning", "error")
SERIES = ("primary", "secondary", "success")
NAMES = ("red", "green", "yellow", "blue", "magenta", "cyan")
PALETTES = {  # the six colours as these terminals have them
    "xterm": "cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd",
    "VGA": "aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa",
    "Windows": "c50f1f 13a10e c19c00 0037da 881798 3a96dd",
    "macOS": "c23621 25bc24 adad27 492ee1 d338d3 33bbc8",
    "Tango": "cc0000 4e9a06 c4a000 3465a4 75507b 06989a",
}


def luminance(colour: str) -> float:
    parts = Color.parse(colour).normalized
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """That of WCAG, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colours(theme: Theme) -> dict[str, str]:
    """The colours that text and curves have, by name."""
    named = {name: getattr(theme, name) for name in TEXT}
    return named | {name: theme.variables[name] for name in ("text-muted", "fourth-series")}


def test_contrast_is_measured_as_ever() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21) and contrast("#777777", "#777777") == 1


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_our_own_colours_can_be_read_on_their_grounds(theme: Theme) -> None:
    for name, colour in colours(theme).items():
        assert contrast(colour, theme.background) >= 4.5, name
        assert contrast(colour, theme.surface) >= 4.0, name
    for ground in (theme.background, theme.surface, theme.panel, theme.boost):
        assert contrast(theme.foreground, ground) >= 7


@pytest.mark.parametrize("palette", PALETTES)
def test_the_terminals_own_colours_are_seen_on_black_and_on_white(palette: str) -> None:
    """None of the six reaches more than 2.7 in all of these; yellow on white and blue on black have 1.7 and 1.6."""
    for name, colour in colours(ANSI).items():
        if colour != "ansi_default":
            shown = f"#{PALETTES[palette].split()[NAMES.index(colour.removeprefix('ansi_'))]}"
            assert min(contrast(shown, ground) for ground in ("#000000", "#ffffff")) >= 1.95, name


@pytest.mark.parametrize("theme", [DARK, LIGHT, ANSI], ids=lambda theme: theme.name)
def test_the_four_series_have_four_colours(theme: Theme) -> None:
    four = [*(getattr(theme, name) for name in SERIES), theme.variables["fourth-series"]]
    assert all(one != other for one, other in combinations(four, 2))

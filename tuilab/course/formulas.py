"""Shows formulas between dollar signs as plain Unicode text."""

import re
from collections.abc import Callable

from tuilab.course.fences import Fence, split

_PIECE = re.compile(
    r"(?P<code>(?P<ticks>(?<!`)`+(?!`))(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<dollar>\\\$)"
    r"|\$\$(?P<display>(?:\\.|[^$\\])+?)\$\$"
    r"|\$(?P<inline>(?=\S)(?:\\.|(?!\n\s*\n)[^$\\])+?)(?<=\S)\$(?!\d)",
    re.DOTALL,
)
_MARKDOWN = re.compile(r"[\\`*_\[\]<>~|&#]|^[+-]", re.MULTILINE)


def unicode_formulas(markdown: str) -> str:
    r"""Replace the formulas of a Markdown text by Unicode text, escaped so that it is read as text.

    Code stays as it is, as does a formula that cannot be converted; `\$` becomes a dollar sign.
    """
    parts: list[str] = []
    text: list[str] = []
    for part in split(markdown):
        if isinstance(part, Fence):
            parts += [_replace("\n".join(text), _escape)] if text else []
            parts.append(part.source)
            text = []
        else:
            text.append(part.text)
    return "\n".join(parts + ([_replace("\n".join(text), _escape)] if text else []))


def formulas(markdown: str) -> list[tuple[int, int]]:
    """Where the formulas of a text begin and end."""
    return [piece.span() for piece in _PIECE.finditer(markdown) if piece["display"] or piece["inline"]]


def plain_formulas(text: str) -> str:
    """Replace the formulas of a text that is not shown as Markdown: nothing is escaped."""
    return _replace(text, str)


def _escape(text: str) -> str:
    return _MARKDOWN.sub(r"\\\g<0>", text)


def _replace(text: str, escape: Callable[[str], str]) -> str:
    def shown(piece: re.Match[str]) -> str:
        if piece["code"]:
            return piece[0]
        if piece["dollar"]:
            return "$"
        return _shown(piece, escape)

    return _PIECE.sub(shown, text)


def _shown(piece: re.Match[str], escape: Callable[[str], str]) -> str:
    from tuilab.course.latex import LatexError, to_unicode

    try:
        converted = to_unicode(piece["display"] or piece["inline"])
    except LatexError:
        return piece[0]
    lines = (line.strip() for line in converted.split("\n"))
    return escape(("  \n" if piece["display"] else " ").join(filter(None, lines)))

"""Turns a formula in LaTeX into one line of Unicode text, or several where it says so itself."""

import re
import unicodedata
from functools import cache
from typing import Any

import unicodeit
from pylatexenc import latex2text, latexwalker, macrospec
from unicodeit.data import REPLACEMENTS

# unicodeit goes by beginnings, \left is ≤ft to it; what it does not know by its whole name is hidden from it
_HIDDEN = str.maketrans("\ue000\ue001\ue002", "\\-_")
_FRACTION_ENDS = "\ue003"
_KNOWN = {pattern for pattern, _ in REPLACEMENTS} - {r"\sqrt", *(f"\\{sign}" for sign in "{}%$_&#")}
_COMMAND = re.compile(r"\\([A-Za-z]+|[{}%$_&#])")
_WORDS = re.compile(r"\\(?:text|textrm|mathrm)\s*\{[^{}]*\}")
_STYLED = re.compile(r"\\(?:mathbf|mathit|mathsf|boldsymbol|bm|vec)\s*\{([^{}]*)\}")
_SIZED = re.compile(r"\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])\s*\.?")

# Unicode has no subscript y, f or C: names that stand together, w_x and w_y, W_f and W_o, must look alike
_NAME = re.compile(
    r"_(?:\{([A-Za-z]{2,}|[xy])\}|([xy]))|(?:(?<=[WwUbP])|(?<=\bda)|(?<=\bc))_(?:\{([A-Za-su-z])\}|([A-Za-su-z]))"
)
_SCRIPT = re.compile(r"([_^])(?=\{)")
_SIMPLE = re.compile(r"(?:[∂∇] ?)?[\w.√\u0300-\u036f₊₋₍₎⁺⁻⁽⁾]*(?:\([^()]*\))?|[*′⊤]")
_NORM = re.compile(r"\\lVert\s*|\s*\\rVert|\\\|")
_GLYPHS = str.maketrans({"⋅": "·", "∣": "|", "\u2009": " ", "\xa0": " "})


class LatexError(ValueError):
    """A formula that cannot be converted."""


def to_unicode(formula: str) -> str:
    """Convert a formula: `y_{t-1}` to yₜ₋₁. Raises LatexError."""
    text = _SIZED.sub("", _STYLED.sub(r"\1", formula.strip()))
    text = _NORM.sub("‖", text).replace(r"\operatorname", r"\mathrm")
    text = _WORDS.sub(lambda words: words[0].translate({ord("-"): "\ue001", ord("_"): "\ue002"}), text)
    text = _NAME.sub(lambda name: "\ue002" + name[name.lastindex or 0], text)
    text = _COMMAND.sub(lambda command: command[0] if command[0] in _KNOWN else "\ue000" + command[1], text)
    text = unicodeit.replace(text).translate(_HIDDEN)
    text = _plain(_SCRIPT.sub(r"\1\\script", text)).translate(_GLYPHS)
    return _spaced(text)


def _spaced(text: str) -> str:
    text = re.sub(_FRACTION_ENDS + r"(?=[\w∑∏√∂(])", " ", text).replace(_FRACTION_ENDS, "").replace("^′", "′")
    text = re.sub(r"(?<=[∂∇√]) +", "", re.sub(r" {2,}", " ", text))
    return unicodedata.normalize("NFC", text).strip()


def _plain(text: str) -> str:
    try:
        walker = latexwalker.LatexWalker(text, latex_context=_contexts()[0], tolerant_parsing=False)
        return _contexts()[1].nodelist_to_text(walker.get_latex_nodes()[0])
    except Exception as error:  # the parser lets several kinds through
        raise LatexError(str(error)) from None


@cache
def _contexts() -> tuple[Any, Any]:
    """What the formulas' commands take, and how they are written."""
    takes = latexwalker.get_default_latex_context_db()
    takes.add_context_category("tuilab", [macrospec.std_macro("script", False, 1)], prepend=True)
    shows = latex2text.get_default_latex_context_db()
    ours = {"frac": _fraction, "dfrac": _fraction, "tfrac": _fraction, "sqrt": _root, "script": _script}
    macros = [latex2text.MacroTextSpec(name, simplify_repl=write) for name, write in ours.items()]
    shows.add_context_category("tuilab", macros, prepend=True)
    shows.set_unknown_macro_spec(latex2text.MacroTextSpec("", simplify_repl=_unknown))
    return takes, latex2text.LatexNodes2Text(latex_context=shows, strict_latex_spaces="based-on-source")


def _arguments(node: Any, writer: Any) -> list[str]:
    return [writer.nodelist_to_text([part]).strip() for part in node.nodeargd.argnlist if part is not None]


def _fraction(node: Any, l2tobj: Any) -> str:
    above, below = (_bracketed(part) for part in _arguments(node, l2tobj))
    return f"{above}/{below}{_FRACTION_ENDS}"


def _root(node: Any, l2tobj: Any) -> str:
    *degree, inside = _arguments(node, l2tobj)
    if degree:
        raise LatexError("only square roots")
    return f"√{_bracketed(inside)}"


def _script(node: Any, l2tobj: Any) -> str:
    return _bracketed(_arguments(node, l2tobj)[0])


def _unknown(node: Any) -> str:
    raise LatexError(f"\\{node.macroname} is not known")


def _bracketed(part: str) -> str:
    """Put brackets around what is more than one thing."""
    return part if _SIMPLE.fullmatch(part) else f"({part})"

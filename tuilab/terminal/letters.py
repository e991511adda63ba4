"""Writes what ASCII has not in letters that it has: yₜ₋₁ as y_(t-1), × as x, boxes as + - |."""

import re
import unicodedata

_LETTERS = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "·": "*", "⋅": "*", "×": "x", "⊙": ".*", "∘": "o", "÷": "/",
    "±": "+-", "≈": "~=", "≠": "!=", "≤": "<=", "≥": ">=", "≪": "<<", "≫": ">>", "∈": " in ", "∞": "inf", "√": "sqrt",
    "∂": "d", "∇": "grad ", "∑": "sum", "∏": "prod", "‖": "||", "∣": "|", "′": "'", "⊤": "^T", "∝": "~", "∼": "~",
    "°": " deg", "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⇐": "<=", "↦": "->", "↑": "^", "↓": "v",
    "…": "...", "⋯": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": "<<", "»": ">>", "•": "-",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "ℝ": "R", "ℒ": "L",
}  # fmt: skip
_DRAWN = {
    **dict.fromkeys("─━┄┈═╌", "-"),
    **dict.fromkeys("│┃║▌▐╎", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬", "+"),
    **dict.fromkeys("▶▸►", ">"),
    "✗": "x",
    **dict.fromkeys("◀◂◄", "<"),
    **dict.fromkeys("▲△", "^"),
    **dict.fromkeys("▼▽", "v"),
    **dict.fromkeys("○●◦∙", "o"),
    **dict.fromkeys("█▓▒░■", "#"),
}
_TABLE = str.maketrans({**_LETTERS, **_DRAWN})

_LOWERED = {
    **dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()", strict=True)),
    **dict(zip("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "aehijklmnoprstuvx", strict=True)),
    "ᵦ": "beta", "ᵧ": "gamma", "ᵨ": "rho", "ᵩ": "phi", "ᵪ": "chi",
}  # fmt: skip
_RAISED = {
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", "0123456789+-=()", strict=True)),
    **dict(zip("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "abcdefghijklmnoprstuvwxyz", strict=True)),
    "ᵀ": "T",
}
_SCRIPTS = tuple((re.compile(f"[{''.join(of)}]+"), mark, of) for mark, of in (("_", _LOWERED), ("^", _RAISED)))


def to_ascii(text: str) -> str:
    """Write a text in ASCII; what is not known here loses its accents, or becomes a question mark."""
    if text.isascii():
        return text
    for pattern, mark, letters in _SCRIPTS:
        text = pattern.sub(lambda run, mark=mark, letters=letters: _script(run[0], mark, letters), text)  # type: ignore[misc]
    return "".join(map(_bare, text.translate(_TABLE)))


def _script(run: str, mark: str, letters: dict[str, str]) -> str:
    """A run of sub- or superscripts after its mark, in brackets where it is more than one thing."""
    plain = "".join(letters[character] for character in run)
    return f"{mark}{plain}" if plain.isalnum() else f"{mark}({plain})"


def _bare(character: str) -> str:
    if character.isascii():
        return character
    parts = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in parts if part.isascii())
    return bare or ("" if unicodedata.combining(character) else "?")

"""What the analogy lab has found, in a sentence."""

from tuilab.labs.analogy.expression import Term, spell_terms
from tuilab.labs.analogy.spec import Analogy, AnalogyView, Directions

FEW = 2  # pairs that are named


def sentence(view: AnalogyView) -> str:
    """Say what was asked, and what came of it."""
    if view.directions is not None:
        return _parallel(view.directions)
    asked = spell_terms([Term(term.sign, term.word) for term in view.terms])
    ahead = f", {view.margin:.3f} ahead of the next" if view.margin is not None else ""
    return f"{asked} is nearest to {view.rows[0].word}{ahead}." if view.rows else f"{asked}: no other word is left."


def left_out(spec: Analogy, view: AnalogyView) -> str:
    """Say whether the words asked with were left out, and what that hides."""
    if spec.without == "asked":
        return "The words asked with are left out; v puts them in."
    first = view.rows[0].word if view.rows else ""
    itself = first in [term.word for term in view.terms]
    nearest = f", and the nearest is {first} itself" if itself else ""
    return f"Nothing is left out{nearest}; v leaves out the words asked with."


def _few(names: list[str]) -> str:
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return ", ".join(names[:FEW]) + more


def _parallel(found: Directions) -> str:
    missing = f" Not among the words: {_few(found.missing)}." if found.missing else ""
    return (
        f"{len(found.rows)} directions, mean cosine of two of them {found.mean:.2f}; paired otherwise "
        f"{found.shuffled:.2f}.{missing}"
    )

"""The gradients lab in plain mode."""

from typing import Any

from tuilab.labs.gradients.code import code as _code
from tuilab.labs.gradients.sentences import of_stretch, of_switch, or_dash
from tuilab.labs.gradients.spec import Gradients, GradientsView

EXAMPLES = {"lab": "parameters", "set": "activation=relu"}
PARTS, MOST = 8, 20  # places whose gradient is told, and steps


def code(spec: Gradients, view: GradientsView) -> str:
    """The same training in plain torch."""
    return _code(spec)


def told(answer: object) -> str:
    """The gradient at some places, what each switch did, and where a number stopped being finite."""
    if not isinstance(answer, GradientsView):
        return ""
    lines = [_some(answer)] if answer.rows else []
    lines += (
        [of_stretch(answer.place, answer.stretches[0]).replace("   ", "; ") + "."]
        if answer.stretches[0].counted
        else []
    )
    pairs = zip(answer.stretches, answer.stretches[1:], strict=False)
    lines += [of_switch(answer.place, before, after) for before, after in pairs]
    lines += [answer.broken.sentence] if answer.broken is not None else []
    return "\n".join([*lines, "lab rows prints how it was at earlier steps."])


def brief(answer: object) -> object:
    """What is printed without being asked for: all of it was told."""
    return {"parameters": answer.parameters} if isinstance(answer, GradientsView) else answer


def more(spec: Gradients, view: GradientsView) -> dict[str, Any]:
    """Rows for some of the steps that were kept, with the gradient at some of the places."""
    return {"rows": [{"step": row.step, **_numbered(row.norms)} for row in view.rows[:: -(-len(view.rows) // MOST)]]}


def compared(view: GradientsView) -> dict[str, Any]:
    """What is told of a change of settings."""
    return {"norms": view.stretches[-1].norms, "first_to_last": view.stretches[-1].first_to_last}


def _numbered(norms: list[float | None]) -> dict[str, str]:
    return {str(place + 1): or_dash(norms[place]) for place in _places(len(norms))}


def _places(count: int) -> list[int]:
    """Some of so many places: the first, the last, and even steps between them."""
    return sorted({round(part * (count - 1) / (PARTS - 1)) for part in range(PARTS)})


def _some(view: GradientsView) -> str:
    row, count = view.rows[-1], len(view.rows[-1].norms)
    told = ", ".join(f"{place + 1}: {or_dash(row.norms[place])}" for place in _places(count))
    return f"Gradient norm at step {row.step:,}, {view.place} by {view.place}, 1 is the furthest from the loss: {told}."

"""What the neighbours lab has found, in a sentence."""

from tuilab.labs.neighbours.spec import NeighboursView


def sentence(view: NeighboursView) -> str:
    """Say what was asked, and what came of it."""
    if view.about == "neighbours":
        return f"Nearest to {view.asked[0]}, with their cosines:"
    if view.about == "similarity":
        one, other = view.asked
        if one == other:
            return f"{one} twice: the cosine of a word to itself is 1."
        there, back = map(_place, view.ranks)
        near = f"{other} is the {there} neighbour of {one}, {one} the {back} of {other}"
        cosine = f"{view.rows[0].cosine:.3f}".replace("-", "−")
        return f"{one} and {other}: cosine {cosine}. {near}."
    if view.about == "odd":
        return f"The odd one out is {view.odd}: it has the least cosine to the mean of all {len(view.asked)}."
    return view.hint


def _place(rank: int) -> str:
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank:,}{ending}"

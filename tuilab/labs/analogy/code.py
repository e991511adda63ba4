"""What the analogy lab computes as a few lines of numpy, with the learner's words and file."""

from tuilab.labs.analogy.spec import Analogy, AnalogyView, Directions
from tuilab.labs.neighbours.code import loading

_SUM = """\
asked = {asked!r}
ids = [words.index(word) for _, word in asked]
total = sum(sign * unit[id] for (sign, _), id in zip(asked, ids))
cosine = unit @ total / np.linalg.norm(total)
{left_out}for id in np.argsort(-cosine, kind="stable")[:{most}]:
    print(words[id], cosine[id])
"""
_LEFT_OUT = "cosine[ids] = -1  # the words asked with are left out\n"
_DIRECTIONS = """\
pairs = {pairs!r}
differences = np.stack([unit[words.index(b)] - unit[words.index(a)] for a, b in pairs])
directions = differences / np.linalg.norm(differences, axis=1, keepdims=True)
print(np.round(directions @ directions.T, 3))  # cosines of each two
for pair, direction in zip(pairs, directions):
    others = directions.sum(axis=0) - direction
    print(*pair, direction @ others / np.linalg.norm(others))
"""


def code(spec: Analogy, view: AnalogyView) -> str:
    """A program that looks the same up and prints it."""
    asking = _directions(view.directions) if view.directions is not None else _sum(spec, view)
    return loading(view.source) + asking


def _sum(spec: Analogy, view: AnalogyView) -> str:
    asked = [(term.sign, term.word) for term in view.terms]
    return _SUM.format(asked=asked, most=spec.most, left_out=_LEFT_OUT if spec.without == "asked" else "")


def _directions(found: Directions) -> str:
    return _DIRECTIONS.format(pairs=[(row.first, row.second) for row in found.rows])

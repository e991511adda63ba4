"""The map lab in plain mode."""

from tuilab.labs.map.code import code as _code
from tuilab.labs.map.sentences import of_map, of_word
from tuilab.labs.map.spec import Map, MapView

SOME = 5  # words that are told of


def code(spec: Map, view: MapView) -> str:
    """Both maps in a few lines."""
    return _code(spec, view)


def told(answer: object) -> str:
    """How true the maps are, and what becomes of the neighbours of some words."""
    if not isinstance(answer, MapView):
        return ""
    picture = answer.tsne or answer.pca
    lines = [of_map(answer, answer.pca, "PCA")]
    lines += [of_map(answer, answer.tsne, "t-SNE")] if answer.tsne else []
    for word in [group.words[0] for group in answer.groups][:SOME]:
        heading, near = of_word(answer, picture, word)
        lines.append(f"{heading}: {', '.join(near)}")
    return "\n".join(lines)

"""The map lab in plain mode."""

from typing import Any

from tuilab.labs.map.code import code as _code
from tuilab.labs.map.sentences import of_doubt, of_map, of_word, place_of
from tuilab.labs.map.spec import Map, MapView, Picture

EXAMPLES = {"lab": "places", "set": "perplexity=30", "why": "king", "ask": "positions"}
SOME = 5  # words that are told of


def code(spec: Map, view: MapView) -> str:
    """Both maps in a few lines."""
    return _code(spec, view)


def told(answer: object) -> str:
    """How true the maps are, and what becomes of the neighbours of some words."""
    if not isinstance(answer, MapView):
        return ""
    lines = [answer.source.told, of_map(answer, answer.pca, "PCA")]
    lines += [of_map(answer, answer.tsne, "t-SNE")] if answer.tsne else []
    for word in [group.words[0] for group in answer.groups][:SOME]:
        lines.append(_of_word(answer, word))
    return "\n".join([*lines, "why king says it of any word; lab places prints where each one is."])


def why(spec: Map, view: MapView, name: str, show: None) -> str:
    """What a map keeps of a word. Raises ValueError with a sentence."""
    if not name:
        raise ValueError("map: write why and a word of the map, as why king.")
    word = place_of(view, name)
    doubt = of_doubt(view, _newest(view), word)
    return f"{_of_word(view, word)}.{f' {doubt[0].upper()}{doubt[1:]}.' if doubt else ''}"


def brief(answer: object) -> object:
    """What is printed without being asked for: not the numbers of each word."""
    return {"words": len(answer.words), "variance": answer.variance} if isinstance(answer, MapView) else answer


def more(spec: Map, view: MapView) -> dict[str, Any]:
    """A row for each word: where it is, how many of its neighbours are kept, whether it is torn."""
    picture, group_of = _newest(view), {word: group.name for group in view.groups for word in group.words}
    places = zip(view.words, picture.x, picture.y, picture.kept, strict=True)
    rows = [
        {"word": word, "x": x, "y": y, "kept": kept, "torn": "!" * (n in picture.torn), "group": group_of.get(n, "")}
        for n, (word, x, y, kept) in enumerate(places)
    ]
    return {"places": rows}


def compared(view: MapView) -> dict[str, Any]:
    """What is told of a change of settings."""
    return {"variance": view.variance, "by_chance": view.by_chance, "kept": view.pca.share}


def _newest(view: MapView) -> Picture:
    return view.tsne or view.pca


def _of_word(view: MapView, word: int) -> str:
    heading, lines = of_word(view, _newest(view), word)
    near, far = ([line[2:] for line in lines if (line[0] == "✓") is wanted] for wanted in (True, False))
    return "; ".join(
        [heading, *(f"{name}: {', '.join(words)}" for name, words in (("near", near), ("far", far)) if words)]
    )

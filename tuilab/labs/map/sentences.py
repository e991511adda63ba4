"""What a map has to say of a word and of itself."""

from difflib import get_close_matches

from tuilab.labs.map.spec import MapView, Picture


def of_word(view: MapView, picture: Picture, word: int) -> tuple[str, list[str]]:
    """A word with how many of its neighbours are kept; and a line for each neighbour, ✓ where it is near here too."""
    near = _near(picture, word, len(view.neighbours[word]))
    heading = f"{view.words[word]}: {picture.kept[word]} of its {len(near)} true neighbours are near it here"
    pairs = zip(view.neighbours[word], view.cosines[word], strict=True)
    return heading, [f"{'✓' if id in near else '·'} {view.words[id]} {cosine:.2f}" for id, cosine in pairs]


MORE = "the setting words (f) puts more of those on it that have a vector."


def place_of(view: MapView, text: str) -> int:
    """Where a word stands in the list of the map's words. Raises ValueError with a sentence."""
    words, word = view.words, text.strip()
    if word in words:
        return words.index(word)
    like = get_close_matches(word, words, 3)
    told = f"spelled most like it: {', '.join(like)}." if like else MORE
    raise ValueError(f"{word!r} is not among the {len(words):,} words of this map; {told}")


def of_doubt(view: MapView, picture: Picture, word: int) -> str:
    """Where the map misleads about a word; empty where it does not."""
    told = []
    if word in picture.torn:
        told.append(f"torn: {view.words[view.neighbours[word][0]]}, its nearest, is far here")
    if picture.false[word] >= 0:
        told.append(f"{view.words[picture.false[word]]}, next to it, is truly far")
    return "; ".join(told)


def of_map(view: MapView, picture: Picture, name: str) -> str:
    """How true a map is as a whole."""
    kept = f"{name} keeps {100 * picture.share:.0f} % of the true neighbours (chance {_percent(view.by_chance)} %)"
    return f"{kept}; {len(picture.torn)} torn word{'s' * (len(picture.torn) != 1)} (!)"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}" if share >= 0.01 else f"{100 * share:.1g}"


def _near(picture: Picture, word: int, count: int) -> set[int]:
    """The words nearest to one on the map."""
    x, y = picture.x[word], picture.y[word]
    distances = [(px - x) ** 2 + (py - y) ** 2 for px, py in zip(picture.x, picture.y, strict=True)]
    ranked = sorted((distance, id) for id, distance in enumerate(distances) if id != word)
    return {id for distance, id in ranked if distance <= ranked[count - 1][0]}

"""Words that belong together, for vectors of which nobody has said so."""

from collections.abc import Mapping, Sequence

from tuilab.corpora.catalogue import open_corpus
from tuilab.corpora.corpus import Analogies
from tuilab.corpora.english import judges as english
from tuilab.labs.map.spec import MOST_GROUPS, Group

_SIDES = {
    "male-female": ("male", "female"),
    "verb tense": ("present", "past"),
    "country-capital": ("countries", "capitals"),
    "singular-plural": ("one", "many"),
}
FEWEST = 3  # words that make a group


def known_groups(places: Mapping[str, int]) -> list[Group]:
    """The two sides of each relation that the generated language and English have, so far as their words are there."""
    relations = [*open_corpus("language").judges().analogies, *english().analogies]
    found = [Group(name, ids) for name, ids in _sides(relations, places).items() if len(ids) >= FEWEST]
    return found[:MOST_GROUPS]


def named_groups(lists: Sequence[Sequence[str]], places: Mapping[str, int]) -> list[Group]:
    """The groups a learner named; all their words are on the map."""
    return [Group(words[0], [places[word] for word in words]) for words in lists]


def _sides(relations: Sequence[Analogies], places: Mapping[str, int]) -> dict[str, list[int]]:
    sides: dict[str, list[int]] = {}
    taken: set[int] = set()
    for relation in relations:
        for side, name in enumerate(_SIDES.get(relation.relation, ())):
            words = dict.fromkeys(question[side] for question in relation.questions)
            fresh = [places[word] for word in words if word in places and places[word] not in taken]
            taken.update(fresh)
            sides.setdefault(name, []).extend(fresh)
    return sides
